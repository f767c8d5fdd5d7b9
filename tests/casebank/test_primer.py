"""The primer's files: what check_cases refuses, and that the project's own cards are whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casebank import checklist, primer
from casebank.primer import FOLDER, figure, spell
from casebank.schema.picture import MAX_BYTES
from casebank.schema.primer import read_primer
from tests.casebank.test_check_cases import bank

__all__ = ["bank"]
BODY = " ".join(["word"] * 150)
CARD = f"""title: One
group: data
summary: What it is.
items: [data.split]
see: [two]
kinds: [ranking]
tags: [ads]
body: |
  {BODY}
worked:
  - {{name: all, value: 10, unit: rows, say: "All"}}
  - {{name: half, value: 5, unit: rows, formula: all / 2, say: "Half"}}
listen_for: The word.
"""
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 90" role="img"
  aria-labelledby="one-title one-desc">
  <title id="one-title">A line</title>
  <desc id="one-desc">A line from left to right.</desc>
  <g class="online"><line x1="0" y1="9" x2="90" y2="9" stroke="currentColor"/></g>
</svg>
"""


@pytest.fixture
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two cards that name each other; the first has a picture."""
    folder = tmp_path_factory.mktemp("content") / "primer"
    folder.mkdir()
    (folder / "one.yaml").write_text(CARD)
    (folder / "one.svg").write_text(PICTURE)
    (folder / "two.yaml").write_text(CARD.replace("title: One", "title: Two").replace("[two]", "[one]"))
    return folder


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in read_primer(folder, tags=["Ads"])[1]]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_whole_cards_have_no_fault(cards: Path) -> None:
    read, wrong = read_primer(cards, tags=["Ads"])
    assert wrong == []
    assert read["one"].picture == PICTURE
    assert read["two"].picture == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("group: data", "group: date", "primer/one.yaml:2: group: input should be"),
        ("summary:", "sumary:", "primer/one.yaml:3: sumary: is not a known key"),
        ("[data.split]", "[data.splits]", "primer/one.yaml:4: items[0]: data.splits is not an item"),
        ("[data.split]", "[]", "primer/one.yaml:4: items: list should have at least 1 item"),
        ("[data.split]", "[data.split, data.split]", "items[1]: data.split stands here twice"),
        ("see: [two]", "see: [three]", "primer/one.yaml:5: see[0]: three is not a card"),
        ("see: [two]", "see: [two, one]", "primer/one.yaml:5: see: names the card itself"),
        ("see: [two]", "see: []", "primer/one.yaml:5: see: list should have at least 1 item"),
        ("kinds: [ranking]", "kinds: [rankings]", "primer/one.yaml:6: kinds[0]: rankings is not a kind"),
        ("tags: [ads]", "tags: [adverts]", "primer/one.yaml:7: tags[0]: adverts is not a tag of any case"),
        (BODY, "Too short.", "primer/one.yaml:8: body: has 2 words; 120 to 220"),
        (BODY, f"[home](/) {BODY}", "primer/one.yaml:8: body: holds a link or HTML"),
        (BODY, f"<b>bold</b> {BODY}", "primer/one.yaml:8: body: holds a link or HTML"),
        ("value: 5,", "value: 7,", "primer/one.yaml:12: worked[1].value: is 7, but all / 2 is 5"),
        ("all / 2", "open('x')", "primer/one.yaml:12: worked[1].formula: a formula holds only numbers"),
        ("listen_for: The word.", "", "primer/one.yaml:1: listen_for: field required"),
        ("title: One", "title: &a One", "anchors and aliases are not allowed"),
    ],
)
def test_a_fault_of_a_card_is_named(cards: Path, old: str, new: str, said: str) -> None:
    edit(cards / "one.yaml", old, new)
    assert [fault for fault in faults(cards) if said in fault]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<title", "<script>alert(1)</script><title", "primer/one.svg:3: script: may not stand here"),
        ("<title", "<a href='/'>x</a><title", "primer/one.svg:3: a: may not stand here"),
        ("<title", "<svg></svg><title", "primer/one.svg:3: svg: may not stand here"),
        ("<line ", "<line onclick='x()' ", "primer/one.svg:5: line.onclick: is not a known attribute"),
        ("<line ", "<line style='fill:red' ", "line.style: is not a known attribute"),
        ("currentColor", "#ff0000", "line.stroke: must be one of none, currentColor"),
        ("currentColor", "url(//host/x)", "line.stroke: must be one of none, currentColor"),
        ('class="online"', 'class="fixed"', "g.class: must be one of offline, online, bridge, muted"),
        ('role="img"', "", "primer/one.svg:1: svg.role: must be img"),
        ("0 0 360 90", "0 0 1200 90", "svg.viewBox: must be four whole numbers, at most 360 wide"),
        ('id="one-desc"', 'id="main"', "desc.id: must begin with one-"),
        ("one-title one-desc", "one-title", "svg: needs a title and a desc with ids"),
        ("<svg ", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg ", "declares a document type"),
        ("<svg ", "<?xml-stylesheet href='x'?><svg ", "holds a processing instruction"),
        ("</svg>", "", "primer/one.svg:7: file: is not XML"),
        (
            "<title",
            '<text font-size="8">x</text><title',
            "text.font-size: must be a whole number of at least 11",
        ),
        ("A line from", "A" * MAX_BYTES, "is larger than"),
    ],
)
def test_a_fault_of_a_picture_is_named(cards: Path, old: str, new: str, said: str) -> None:
    edit(cards / "one.svg", old, new)
    assert [fault for fault in faults(cards) if said in fault]


@pytest.mark.asvs("1.5.1")
def test_entities_of_a_picture_are_not_expanded(cards: Path) -> None:
    edit(cards / "one.svg", "<svg ", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg ")
    assert read_primer(cards)[0]["one"].picture == ""


def test_a_card_without_number_and_picture_is_a_fault(cards: Path) -> None:
    text = (cards / "one.yaml").read_text()
    (cards / "one.yaml").write_text(text[: text.index("worked:")] + text[text.index("listen_for:") :])
    assert faults(cards) == []
    (cards / "one.svg").unlink()
    assert faults(cards) == ["primer/one.yaml:1: file: has neither a worked number nor a picture"]


def test_a_card_that_no_other_names_is_a_fault(cards: Path) -> None:
    (cards / "lonely.yaml").write_text(CARD)
    assert faults(cards) == ["primer/lonely.yaml:1: file: is named in no other card's see"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("three.svg", "primer/three.svg:0: file: has no card"),
        ("notes.txt", "primer/notes.txt:0: file: is not a file of a card"),
        ("Upper.yaml", "primer/Upper.yaml:0: file: is not a file of a card"),
    ],
)
def test_a_stray_file_is_a_fault(cards: Path, name: str, said: str) -> None:
    (cards / name).write_text("x")
    assert faults(cards) == [said]


def test_a_link_in_the_folder_is_not_followed(cards: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(PICTURE.replace("one-", "two-"))
    (cards / "two.svg").symlink_to(tmp_path / "secret.svg")
    assert faults(cards) == ["primer/two.svg:0: file: is a link, and links are not followed"]


def test_check_cases_reads_the_primer_too(
    bank: Path, cards: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_cases", str(bank), primer=cards)
    assert "2 cards of the primer" in capsys.readouterr().out
    (cards / "one.svg").write_text("<svg")
    with pytest.raises(CommandError, match="Mend"):
        call_command("check_cases", str(bank), primer=cards)
    assert "primer/one.svg:1" in capsys.readouterr().err


def test_a_folder_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path / "primer") == ["primer:0: file: is missing"]


def test_the_projects_own_cards_are_whole() -> None:
    cards, wrong = read_primer(FOLDER)
    assert wrong == []
    assert len(cards) >= 42
    assert primer.load().keys() == cards.keys()


def test_every_item_of_the_checklist_has_a_card() -> None:
    assert [item.id for item in checklist.load().items if not primer.of_item(item.id)] == []


def test_every_step_has_cards_and_no_card_is_left_over() -> None:
    assert sum(len(group.cards) for group in primer.groups()) == len(primer.load())
    assert {group.id for group in primer.groups()} >= {"clarify", "deploy", "language-models"}


def test_a_case_is_given_the_cards_nearest_to_it() -> None:
    found = [card.slug for card in primer.of_case("classification", ["Fraud", "payments"])]
    assert found[0] == "thresholds-from-costs"
    assert len(found) == primer.CARDS_OF_A_CASE


def test_a_case_that_no_card_fits_is_given_none() -> None:
    assert primer.of_case("", []) == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (960000.0, "960,000"),
        (0.0476, "0.0476"),
        (0.999999, "0.999999"),
        (4.5, "4.5"),
        (10.0, "10"),
        (1e-06, "0.000001"),
    ],
)
def test_numbers_keep_their_digits(value: float, written: str) -> None:
    assert figure(value) == written


def test_formulas_are_written_as_people_write_them() -> None:
    assert spell("users*20000000 / (1 - 0.86400)") == "users × 20,000,000 / (1 − 0.86400)"

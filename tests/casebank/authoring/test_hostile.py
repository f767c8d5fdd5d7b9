"""Bad files by every way in: a page, REST and the commands. Each fault has its line and key; nothing is half-loaded."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from casebank.actions import drafts
from casebank.checklist import CONTENT
from casebank.models import Case, Draft
from casebank.schema import Faulty

JSON = "application/json"
TWICE = "    - id: {0}\n      label: One\n    - id: {0}\n      label: Other\n"


def nodes(text: str, *, count: int = 0, twice: str = "") -> str:
    """The text with more parts in the drawing to begin with."""
    more = "".join(f"    - id: more_{i}\n      label: More\n" for i in range(count))
    more += TWICE.format(twice) if twice else ""
    return text.replace("  starter:\n    nodes:\n", f"  starter:\n    nodes:\n{more}")


def sums(text: str, formula: str) -> str:
    """The text with one more sum before the others."""
    more = f"  - {{name: a, value: 1, unit: x, formula: {formula}, say: xx}}\n"
    return text.replace("  capacity:\n", f"  capacity:\n{more}", 1)


# name: what becomes of a whole case, the key that is named, and a word of the reason. Without a key, the file itself.
BAD: dict[str, tuple[Callable[[str], str], str, str]] = {
    "truncated": (lambda text: text[: len(text) // 2], "", "has no|is not YAML"),
    "truncated in a word": (lambda text: text[:75] + " {x: 'y", "", "is not YAML"),
    "wrong type": (lambda text: text.replace("  minutes: 45", "  minutes: [45]"), "case.minutes", "integer"),
    "mapping for a text": (
        lambda text: re.sub(r"  prompt: \|-?\n(    .*\n|\n)+", "  prompt: {a: b}\n", text),
        "case.prompt",
        "string",
    ),
    "unknown key": (
        lambda text: text.replace("  level:", "  lvel: 1\n  level:"),
        "case.lvel",
        "not a known key",
    ),
    "unknown step": (
        lambda text: text.replace("    clarify:", "    clarfiy:", 1),
        "guide.hints.clarfiy",
        "known key",
    ),
    "twice": (lambda text: text.replace("  level:", "  level: mid\n  level:"), "case.level", "twice"),
    "cycle": (lambda text: text.replace("case:\n", "case: &a\n  again: *a\n"), "", "anchors"),
    "laughs": (lambda text: "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n" + text, "", "anchors"),
    "code": (lambda text: text.replace("level: senior", "level: !!python/name:os.system"), "", "tags"),
    "deep": (lambda text: text.replace("level: senior", f"level: {'[' * 300}{']' * 300}"), "", "nest"),
    "sexagesimal": (
        lambda text: text.replace("minutes: 45", f"minutes: {':'.join('1' * 99)}"),
        "case.minutes",
        "number",
    ),
    "control": (lambda text: text.replace("level: senior", 'level: "\\x07"'), "case.level", "control"),
    "two documents": (lambda text: f"{text}\n---\n{text}", "", "another document"),
    "not a mapping": (lambda text: "- a\n- b\n", "", "must be a mapping"),
    "long title": (
        lambda text: re.sub("title: .*", f"title: {'x' * 121}", text, count=1),
        "case.title",
        "120",
    ),
    "part twice": (lambda text: nodes(text, twice="same"), "case.starter.nodes[1].id", "two nodes same"),
    "too many parts": (lambda text: nodes(text, count=61), "case.starter.nodes", "at most 60"),
    "circular sums": (lambda text: sums(text, "a"), "guide.capacity[0].formula", "stands above"),
    "endless sum": (lambda text: sums(text, "1e308 * 10"), "guide.capacity[0].value", "is inf"),
}


@pytest.fixture(params=BAD)
def bad(request: pytest.FixtureRequest, whole: str) -> tuple[str, str, str]:
    """A bad text, the key of one of its faults, and a word of the reason."""
    change, key, reason = BAD[request.param]
    text = change(whole)
    assert text != whole
    return text, key, reason


@pytest.mark.asvs("1.5.2")
def test_through_rest(bad: tuple[str, str, str], as_ada: Client) -> None:
    text, key, reason = bad
    made = as_ada.post("/api/v1/drafts/", {"text": text}, content_type=JSON).json()
    found = [fault for fault in made["faults"] if fault["key"] == key and re.search(reason, fault["reason"])]
    assert found, made["faults"]
    assert all(0 < fault["line"] <= text.count("\n") + 1 for fault in made["faults"])
    refused = as_ada.post(f"/api/v1/drafts/{made['id']}/publish/", {"base": 1}, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "faulty")
    assert not Case.objects.exists()


def test_through_a_page(bad: tuple[str, str, str], as_ada: Client) -> None:
    text, key, reason = bad
    where = as_ada.post("/cases/drafts/new/", {"text": text})["Location"]
    said = as_ada.get(where).content.decode()
    assert f"<code>{key}</code>" in said or not key
    assert re.search(r'data-line="[1-9]', said)
    assert re.search(reason, said, flags=re.IGNORECASE)
    for seat in ("candidate", "interviewer"):
        assert as_ada.get(f"{where}preview/{seat}/").status_code == 200
    with pytest.raises(Faulty):
        drafts.publish(draft=Draft.objects.get(), base=1)
    assert not Case.objects.exists()


@pytest.mark.parametrize("command", ["check_cases", "load_cases"])
def test_through_the_commands(
    bad: tuple[str, str, str], command: str, tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    text, key, reason = bad
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(CommandError):
        call_command(command, str(path))
    said = capsys.readouterr().err
    assert re.search(rf"mine\.yaml:[1-9]\d*: {re.escape(key or 'file')}: .*({reason})", said), said
    assert not Case.objects.exists()


@pytest.mark.parametrize("size", [500_000, 50_000_000])
@pytest.mark.asvs("5.2.1")
def test_a_file_that_is_too_large_is_not_read(
    size: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"a: 1\n" * (size // 5))
    with pytest.raises(CommandError):
        call_command("check_cases", str(path))
    assert re.search(r"mine\.yaml:0: file: is larger than \d+ kB", capsys.readouterr().err)


def test_one_bad_case_keeps_all_of_a_folder_out(
    whole: str, tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for slug in ("news-feed", "payment-fraud"):
        shutil.copytree(CONTENT / "cases" / slug, tmp_path / slug)
    (tmp_path / "payment-fraud" / "guide.yaml").write_text("opening: [")
    with pytest.raises(CommandError):
        call_command("load_cases", str(tmp_path))
    assert "payment-fraud/guide.yaml:1: file: is not YAML" in capsys.readouterr().err
    assert not Case.objects.exists()


def test_the_largest_drawing_that_may_be_is_still_a_sheet(whole: str, as_ada: Client, ada: object) -> None:
    known = whole.count("- id:", 0, whole.index("guide:"))
    made = as_ada.post("/api/v1/drafts/", {"text": nodes(whole, count=60 - known)}, content_type=JSON).json()
    assert made["faults"] == []
    slug = as_ada.post(f"/api/v1/drafts/{made['id']}/publish/", {"base": 1}, content_type=JSON).json()["slug"]
    for path in ("sheet/", "sheet.md", "sheet.pdf"):
        assert as_ada.get(f"/cases/{slug}/{path}").status_code == 200

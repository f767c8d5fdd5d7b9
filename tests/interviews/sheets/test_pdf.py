"""A PDF has one page, with words that can be found, in fonts that it brings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pypdf import PdfReader

from casebank import frameworks, sheets
from casebank.checklist import CONTENT
from casebank.schema import read_case
from interviews.sheets import pdf
from interviews.sheets.candidate import candidate_sheet
from interviews.sheets.general import general
from interviews.sheets.sheet import Section, Sheet
from interviews.sheets.words import blocks, words
from tests.interviews.sheets.pages import candidates, public, read, text_of, version_of, whole
from tests.interviews.stage import CASE

POINTS: dict[pdf.Paper, tuple[int, int]] = {"a4": (595, 842), "letter": (612, 792)}


def has_one_page(made: PdfReader, paper: pdf.Paper) -> bool:
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in made.pages]
    return sizes == [POINTS[paper]]


@pytest.mark.parametrize("paper", pdf.PAPERS)
@pytest.mark.parametrize("slug", public())
def test_patterns_and_frameworks_are_one_page(slug: str, paper: pdf.Paper) -> None:
    sheet = public()[slug]()
    made = pdf.typeset(sheet, paper)
    assert has_one_page(read(made), paper)
    said = text_of(made)
    for section in sheet.sections:
        assert section.title in said


@pytest.mark.parametrize("slug", ["video-recommendation", "street-view-blurring", "llm-evaluation-platform"])
def test_cases_are_one_page_without_and_with_the_guide(slug: str) -> None:
    for sheet in (candidates(slug), whole(slug)):
        made = pdf.typeset(sheet, "letter")
        assert has_one_page(read(made), "letter")
        assert sheet.title in text_of(made)


def test_it_brings_its_fonts() -> None:
    fonts = read(pdf.typeset(general("two-loops"), "a4")).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        descends = font.get_object()["/DescendantFonts"][0].get_object()
        kept = descends["/FontDescriptor"].get_object()
        assert "/FontFile2" in kept or "/FontFile3" in kept
        assert any(name in kept["/FontName"] for name in ("Inter", "Nunito", "DejaVu"))


def case_with(prompt: str) -> Sheet:
    version = version_of(read_case(CONTENT / "cases" / CASE))
    version.prompt = prompt
    return candidate_sheet(version, frameworks.default())


@pytest.mark.parametrize("long", [6_000, 60_000])
def test_the_longest_prompt_still_makes_one_page_and_is_all_there(long: int) -> None:
    made = pdf.typeset(case_with("word " * (long // 5) + "\n\nthe very end"), "a4")
    assert has_one_page(read(made), "a4")
    assert "the very end" in text_of(made)


def test_a_prompt_is_text_and_never_code() -> None:
    trap = '#panic("x") $ #read("/etc/passwd") #image("a.png") @preview <label> \\ [ ] { } 日本 🙂'
    said = text_of(pdf.typeset(case_with(trap), "a4"))
    assert '#panic("x")' in said
    assert '#read("/etc/passwd")' in said


def test_the_same_sheet_makes_the_same_pdf_and_another_has_another_name() -> None:
    sheet = general("two-loops")
    assert pdf.typeset(sheet, "a4") == pdf.typeset(sheet, "a4")
    assert pdf.key(sheet, "a4") == pdf.key(sheet, "a4")
    other = replace(sheet, title="Another")
    assert len({pdf.key(sheet, "a4"), pdf.key(sheet, "letter"), pdf.key(other, "a4")}) == 3


def test_what_cannot_be_set_says_so() -> None:
    sheet = replace(general("two-loops"), sections=(Section("Empty", blocks("")),), lead=words("x"))
    broken = replace(sheet, drawings=(replace(sheet.drawings[0], svg="<svg"),))
    with pytest.raises(pdf.NotSet):
        pdf.typeset(broken, "a4")


def test_every_pattern_has_a_drawing_with_both_loops() -> None:
    for slug in sheets.load():
        assert {"Online loop", "Offline loop"} <= {
            frame["name"] for frame in sheets.load()[slug].diagram["frames"]
        }

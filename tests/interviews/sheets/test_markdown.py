from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from casebank import checklist
from interviews.sheets import markdown
from interviews.sheets.words import blocks, words
from tests.interviews.sheets.pages import CASES, candidates, public, whole
from whiteboard.formats import mermaid

commonmark = MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize("slug", public())
def test_a_sheet_reads_back_with_its_headings_and_tables(slug: str) -> None:
    sheet = public()[slug]()
    tokens = commonmark.parse(markdown.dumps(sheet))
    assert sum(token.tag == "h2" for token in tokens if token.type == "heading_open") == len(sheet.sections)
    tables = sum(block.kind == "table" for section in sheet.sections for block in section.blocks)
    assert sum(token.type == "table_open" for token in tokens) == tables


@pytest.mark.parametrize("slug", CASES)
def test_every_case_is_written_without_and_with_its_guide(slug: str) -> None:
    theirs, full = markdown.dumps(candidates(slug)), markdown.dumps(whole(slug))
    for item in checklist.load().items:
        assert item.text[:20] in theirs.replace("\\", "")
    for heading in ("From goal to guardrail", "What decides", "Latency path, p99", "Capacity, worked out"):
        assert f"## {heading}" in full
        assert heading not in theirs


def test_the_drawing_is_a_flowchart_that_can_be_read_back() -> None:
    fence = next(
        token for token in commonmark.parse(markdown.dumps(public()["two-loops"]())) if token.type == "fence"
    )
    assert fence.info == "mermaid"
    assert len(mermaid.loads(fence.content).parts) == 12


def test_markup_that_stands_for_itself_is_escaped() -> None:
    sheet = candidates("ad-click-prediction")
    odd = blocks("a \\* b, 1 < 2, \\`x\\`")
    written = markdown.dumps(type(sheet)("T", "K", words("l"), (), (type(sheet.sections[0])("S", odd),)))
    assert "a \\* b, 1 \\< 2, \\`x\\`" in written


def test_a_prompt_keeps_its_paragraphs_lists_and_emphasis() -> None:
    made = blocks("One **strong**\nline.\n\n- a\n- b\n  - c\n\n1. x\n2. y")
    assert [block.kind for block in made] == ["paragraph", "points", "points"]
    first = made[0]
    assert first.kind == "paragraph"
    assert [(span.text, span.style) for span in first.words] == [
        ("One ", ""),
        ("strong", "strong"),
        (" ", ""),
        ("line.", ""),
    ]

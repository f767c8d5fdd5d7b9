"""A report as PDF: text that can be found, whatever was typed, on as many pages as it takes."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from interviews.charts.pace import pace
from interviews.papers import pdf
from interviews.papers.paper import Asked, Paper, Passage
from tests.interviews.papers.made import TRAP, whole

ODD = {
    "code": "```python\n" + "x" * 400 + "\n" * 80 + "end\n```",
    "table": "|"
    + " a |" * 14
    + "\n|"
    + "---|" * 14
    + "\n"
    + ("|" + " supercalifragilistic |" * 14 + "\n") * 90,
    "scripts": "日本語 中文 한국어 🙂 Ελληνικά Русский العربية ≤ → ∑",
    "nested": "- a\n" + "".join("  " * n + "- b\n" for n in range(1, 40)) + "\n" + "> " * 60 + "deep",
    "long word": "w" * 9_000,
    "controls": "a\x01\x0b\x1f\u202e\u2028\ufeffb",
}


def read(paper: Paper) -> tuple[int, str]:
    """How many pages, and their words."""
    pages = PdfReader(BytesIO(pdf.typeset(paper))).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def test_whatever_is_typed_is_text_and_never_code() -> None:
    _, said = read(whole(TRAP, words=TRAP))
    assert said.count('#panic("x")') >= 12
    assert said.count("<script>alert(1)</script>") >= 12


@pytest.mark.parametrize("note", ODD.values(), ids=ODD)
def test_odd_notes_are_set(note: str) -> None:
    pages, said = read(whole(note))
    assert pages < 30
    assert "Nothing was written under: Deploy." in said


def test_twenty_pages() -> None:
    pages, said = read(whole(("A long note with words. " * 60 + "\n\n") * 75 + "the very end"))
    assert pages > 18
    assert "the very end" in said
    assert f"20 / {pages}" in said


def test_an_empty_report() -> None:
    pages, said = read(Paper("Ads", ("Ada (candidate)",), unwritten=("Clarify",)))
    assert pages == 1
    assert "The board was empty." in said
    assert "Nothing was written in the notes." in said


def test_times_that_closed_are_told() -> None:
    _, said = read(Paper("Ads", (), has_pace=True))
    assert "Time against the plan It cannot be shown any longer." in said


def test_long_words_and_a_table_over_two_pages_lose_nothing() -> None:
    word = "w" * 300
    times = pace((f"{number} {word}", number, 3) for number in range(1, 40))
    probes = tuple(("prompted", f"{number} {word}", "staff") for number in range(1, 40))
    pages, said = read(
        Paper(
            word,
            (word,),
            has_pace=True,
            pace=times,
            asked=(Asked(word, (("prompted", 39),), probes),),
            course=(Passage(word, "", tuple((f"{number} {word}", (word,)) for number in range(40))),),
        )
    )
    assert 4 < pages < 30
    assert said.count("Worked Plan Differs") > 1  # the head is on every page that the table comes to
    together = said.replace(" ", "")
    assert all(together.count(f"{number}{word}") >= 3 for number in (1, 20, 39))

"""A name or a note in any script is letters in a PDF, where the machine has a font for them (docs/operations.md)."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from casebank.frameworks import default
from casebank.models import CaseVersion
from interviews.papers import pdf
from interviews.papers.paper import Note, Paper
from interviews.sheets import pdf as sheets
from interviews.sheets.candidate import candidate_sheet
from interviews.sheets.typesetter import FALLBACKS

ROOT = Path(__file__).resolve().parents[3]
# Of what each package of the image is there for: its font, and words.
PACKAGES = {
    "fonts-noto-core": ("Noto Sans", "Система हिन्दी"),
    "fonts-wqy-microhei": ("WenQuanYi Micro Hei", "推荐 推薦の 추천"),
    "fonts-noto-color-emoji": ("Noto Color Emoji", "🙂 👩‍💻 🇩🇪"),
}
# Typst brings letters of these.
EVERYWHERE = ("Ελληνικά", "Русский", "العربية", "Łódź", "≤", "→")


def said(made: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def report(words: str) -> str:
    return said(pdf.typeset(Paper(words, (f"{words} (candidate)",), notes=(Note("Clarify", words),))))


@pytest.mark.parametrize("words", EVERYWHERE)
def test_some_letters_are_there_on_every_machine(words: str) -> None:
    assert report(words).count(words) == 3


@pytest.mark.parametrize(("family", "words"), PACKAGES.values(), ids=PACKAGES)
def test_a_font_of_the_machine_sets_what_ours_lack(family: str, words: str) -> None:
    letters = {letter for letter in words if letter.isalpha()}
    found = letters & set(report(words))
    assert found == letters or family not in typst.Fonts().families()


def test_without_a_font_the_rest_of_a_line_stands() -> None:
    assert report("before \U0010fffd after").count("before") == 3


@pytest.mark.parametrize("package", PACKAGES)
def test_the_image_has_what_the_templates_name_and_the_manual_tells(package: str) -> None:
    assert f'"{PACKAGES[package][0]}"' in FALLBACKS.read_text()
    assert f" {package}=" in (ROOT / "Dockerfile").read_text()
    assert f"`{package}`" in (ROOT / "docs/operations.md").read_text()


@pytest.mark.parametrize("template", ["sheets/sheet.typ", "papers/report.typ"])
def test_every_font_of_a_template_has_its_fallbacks(template: str) -> None:
    named = re.findall(r"font: ([^,)]+)", (ROOT / "interviews" / template).read_text())
    assert set(named) <= {"fonts.prose", "fonts.title", "fonts.code"}
    assert len(named) > 4


def test_a_cases_sheet_in_another_script_is_letters_too() -> None:
    version = CaseVersion(title="Поиск", summary="Поиск", prompt="العربية", level="mid", minutes=45)
    made = said(sheets.typeset(candidate_sheet(version, default()), "a4"))
    assert "Поиск" in made
    assert "العربية" in made

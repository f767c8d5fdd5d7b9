"""Cheat sheets in a real browser: read on a phone, printed on one sheet of paper, kept as a file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.e2e.conftest import Enter

pytestmark = pytest.mark.browser
SHEETS = ["/sheets/optimisation/", "/sheets/nine-step/", "/cases/ad-click-prediction/sheet/"]


@pytest.fixture
def page(enter: Enter) -> Page:
    return enter("cleo")


@pytest.mark.parametrize("path", SHEETS)
def test_nothing_is_wider_than_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
@pytest.mark.parametrize("path", SHEETS)
def test_a_page_prints_on_one_sheet(page: Page, path: str, paper: str, width: int) -> None:
    page.goto(f"{path}?paper={paper}")
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(one.mediabox.width) for one in printed] == [width]


def test_a_kept_page_needs_no_network(page: Page, tmp_path: Path) -> None:
    page.goto("/sheets/optimisation/")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Save page").click()
    kept.value.save_as(tmp_path / "kept.html")
    page.context.set_offline(True)
    page.goto(f"file://{tmp_path}/kept.html")
    assert page.locator(".sheet h1").inner_text() == "Making it cheaper and faster"
    assert page.locator(".sheet").evaluate("one => getComputedStyle(one).color") == "rgb(31, 41, 55)"

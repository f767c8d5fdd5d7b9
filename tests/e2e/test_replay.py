"""A real browser scrubs through an ended session."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product

pytestmark = pytest.mark.browser


def scrub(page: Page, second: str) -> None:
    page.locator("#second").fill(second)


def test_scrubbing_shows_board_and_notes_as_they_were(enter: Enter, product: Product) -> None:
    session = product.sql("SELECT session_id FROM interviews_submission ORDER BY id LIMIT 1")[0][0]
    page = enter("ada", width=390, height=844)
    page.goto(f"/sessions/{session}/report/")
    page.get_by_role("link", name="Replay", exact=True).click()
    moment = page.locator("#moment")
    expect(moment).to_contain_text("Nothing had been drawn.")
    expect(moment).to_contain_text("Nothing had been written.")
    last = page.locator("#second").get_attribute("max") or ""
    scrub(page, last)
    expect(moment.locator("[data-element]").first).to_be_visible()
    expect(moment.locator("article").first).to_be_visible()
    drawn = moment.locator("[data-element]").count()
    assert drawn > 3
    scrub(page, "1")
    expect(moment).to_contain_text("Nothing had been drawn.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

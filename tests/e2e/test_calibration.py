"""Ben rates a calibration session by keyboard, leaves a step out, seals it, and sees the key."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser
AT = "/calibration/social-feed/"


def saved(page: Page, note: str) -> None:
    state = page.locator("#rating-state")
    expect(state.locator("[data-save-state=saved]")).to_be_visible(timeout=30_000)
    expect(state).to_contain_text(note, timeout=30_000)


def seal(page: Page) -> None:
    page.get_by_role("button", name="Seal, show me the key").click()
    page.get_by_role("dialog").get_by_role("button", name="Seal, show me the key").click()


def test_rated_by_keyboard_sealed_and_seen_beside_the_key(enter: Enter, product: Product) -> None:
    for table in ("level", "rating", "draft"):
        product.sql(f"DELETE FROM interviews_calibration{table}")
    page = enter("ben")
    page.get_by_text("Ben", exact=True).click()
    page.get_by_role("link", name="Calibration").click()
    expect(page.get_by_text("Nothing is sealed yet.")).to_be_visible()
    page.get_by_role("link", name="Rate it Order of a social feed").click()

    # A digit rates the point one is at and goes on; it all outlives a reload.
    expect(page.get_by_text("rate the point you are at")).to_be_visible()
    for key in "21":
        page.keyboard.press(key)
    saved(page, "2 of 50 points, no verdict")
    page.reload()
    rows = page.locator("[data-mark-row]")
    expect(rows.nth(0).get_by_role("radio", name="Applied")).to_be_checked()
    expect(rows.nth(1).get_by_role("radio", name="Mentioned")).to_be_checked()
    assert findings(page) == []

    # What is missing is said; a step that is left out asks for nothing, and keys pass it by.
    expect(page.get_by_text("rate the point you are at")).to_be_visible()
    seal(page)
    expect(page.get_by_role("alert")).to_contain_text("48 points have no level yet")
    assert "Nearly everything stands on the board" not in page.content()
    expect(page.get_by_text("rate the point you are at")).to_be_visible()
    page.locator("#step-clarify").get_by_label("Leave this step out").check()
    page.locator("#step-frame input[type=radio]").first.focus()
    for _ in range(44):
        page.keyboard.press("2")
    page.keyboard.press("3")
    saved(page, "44 of 44 points")
    seal(page)
    page.wait_for_url(f"**{AT}key/")

    expect(page.get_by_text("Nearly everything stands on the board")).to_be_visible()
    expect(page.get_by_text("Over 44 points of one session, so there is no interval")).to_be_visible()
    first, last = page.locator(".beside-key").first, page.locator("#apart ~ ul .beside-key").last
    expect(first).to_contain_text("2 above the key")
    expect(last).to_contain_text("1 ")
    assert findings(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    assert findings(page) == []

    # It stays sealed, and stands in the overview.
    page.goto(AT)
    page.wait_for_url(f"**{AT}key/")
    page.goto("/calibration/")
    expect(page.get_by_text("44 points in 1 session")).to_be_visible()
    expect(page.get_by_role("img", name="In one session you rated")).to_be_visible()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

"""A real browser plays an ended session and moves through it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser
NOTHING = "Nothing had been drawn."


@pytest.fixture
def replay(product: Product) -> str:
    """The address of the demo's interview: written from 5:00 on, drawn at 36:00, handed in at 41:00."""
    session = product.sql("SELECT session_id FROM interviews_submission ORDER BY id LIMIT 1")[0][0]
    return f"/sessions/{session}/replay/"


def drawn(page: Page) -> Locator:
    return page.locator("#replay-board [data-element]")


def scrub(page: Page, second: str) -> None:
    page.locator("#second").fill(second)


def at(page: Page, words: str) -> None:
    expect(page.locator("#second")).to_have_attribute("aria-valuetext", re.compile(f"^({words})"))


def test_scrubbing_shows_board_and_notes_as_they_were(enter: Enter, replay: str) -> None:
    page = enter("ada", width=390, height=844)
    page.goto(replay.replace("replay", "report"))
    page.get_by_role("link", name="Replay", exact=True).click()
    expect(page.get_by_text(NOTHING)).to_be_visible()
    expect(page.get_by_text("Nothing had been written.")).to_be_visible()
    last = page.locator("#second").get_attribute("max") or ""
    scrub(page, last)
    expect(drawn(page).first).to_be_visible()
    expect(page.locator("#replay-notes article").first).to_be_visible()
    assert drawn(page).count() > 3
    scrub(page, "1")
    expect(page.get_by_text(NOTHING)).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?t=1$"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_plays_until_the_board_has_changed_and_pauses(enter: Enter, replay: str) -> None:
    page = enter("ben")
    page.goto(f"{replay}?t=2150")
    expect(page.get_by_text(NOTHING)).to_be_visible()
    page.get_by_label("Speed").select_option("16")
    page.get_by_role("button", name="Play").click()
    expect(drawn(page).first).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    stood = page.locator("#second").input_value()
    assert int(stood) >= 2160
    page.wait_for_timeout(500)
    assert page.locator("#second").input_value() == stood
    expect(page).to_have_url(re.compile(rf"\?t={stood}$"))


def test_skipping_pauses_comes_to_the_next_change(enter: Enter, replay: str) -> None:
    page = enter("ada")
    page.goto(f"{replay}?t=1000")
    page.get_by_label("Skip pauses").check()
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#replay-notes")).to_contain_text("Start with logistic regression")


def test_the_keys_move_it(enter: Enter, replay: str) -> None:
    page = enter("ada")
    page.goto(replay)
    for key, words in (
        ("End", "41:00"),
        ("Shift+ArrowLeft", "40:30"),
        ("ArrowRight", "40:35"),
        (",", "38:00"),
        (",", "36:00"),
        ("ArrowLeft", "35:55"),
    ):
        page.keyboard.press(key)
        at(page, words)
    expect(page.get_by_text(NOTHING)).to_be_visible()
    page.keyboard.press(".")
    at(page, "36:00")
    expect(drawn(page).first).to_be_visible()
    page.keyboard.press("Home")
    at(page, "0:00, Clarify requirements")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_lines_phases_and_the_ribbon_lead_to_their_seconds(enter: Enter, replay: str) -> None:
    page = enter("ada")
    page.goto(f"{replay}?t=2200")
    page.get_by_role("link", name=re.compile("Ada added")).click()
    at(page, "36:00")
    assert page.evaluate("document.activeElement.closest('#replay') !== null")
    page.locator("#ribbon").get_by_role("link", name="Prepare the data").click()
    at(page, "11:00, Prepare the data")
    line = page.locator(".ribbon-line").nth(2)
    box = line.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 4)
    at(page, "20:3")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 40, steps=4)
    page.mouse.up()
    at(page, "40:5|41:00")
    assert findings(page) == []


def test_when_the_server_does_not_answer_the_page_says_so(enter: Enter, replay: str) -> None:
    page = enter("ada")
    page.goto(replay)
    page.route("**/replay/?t=*", lambda route: route.abort())
    scrub(page, "2300")
    expect(page.get_by_role("alert")).to_contain_text("could not be fetched")
    page.unroute("**/replay/?t=*")
    scrub(page, "2400")
    expect(drawn(page).first).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_without_a_script_the_button_and_the_links_do_it(enter: Enter, replay: str, product: Product) -> None:
    page = enter("ada")
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=page.context.storage_state(), base_url=product.url
    )
    plain = context.new_page()
    plain.goto(f"{replay}?t=2170")
    expect(drawn(plain).first).to_be_visible()
    expect(plain.get_by_role("button", name="Play")).to_be_hidden()
    plain.get_by_role("link", name="60 s back").click()
    expect(plain.get_by_text(NOTHING)).to_be_visible()
    plain.get_by_role("button", name="Show").click()
    expect(plain).to_have_url(re.compile(r"\?t=2110$"))
    context.close()

"""The whole story: an invite, two seats, the clock, a shared board, notes, a cut network, the end, the report."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.room import board_texts, invite_link, near_the_end, open_room, saved, start_clock

pytestmark = pytest.mark.browser


@pytest.fixture
def together(enter: Enter) -> tuple[Page, Page]:
    """Ada and Ben in one room, the clock running."""
    ada, ben = enter("ada"), enter("ben")
    open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    expect(ada.locator("#clock")).to_contain_text(re.compile(r"4[45]:\d\d"), timeout=10_000)
    return ada, ben


def test_two_people_hold_an_interview(together: tuple[Page, Page], product: Product) -> None:
    ada, ben = together

    # Notes, as they are typed.
    ada.locator('[data-note="clarify"]').fill(
        "Ads pay per click, so revenue is bid x CTR. 120M people x 20 ads a day."
    )
    expect(ben.locator('[data-note-live="clarify"]')).to_contain_text("120M people", timeout=10_000)

    # The board, from both sides.
    ada.get_by_role("button", name="Data lake", exact=True).click()
    ben.get_by_role("button", name="Ranker", exact=True).click()
    assert board_texts(product, ada, {"Data lake", "Ranker"})

    # A minute without network: what is typed meanwhile is kept and sent afterwards.
    ada.context.set_offline(True)
    ada.locator('[data-step="data"]').click()
    ada.locator('[data-note="data"]').fill("Impression log joined with clicks; label after 10 minutes.")
    ada.context.set_offline(False)
    expect(ben.locator('[data-note-live="data"]')).to_contain_text("label after 10 minutes", timeout=20_000)
    saved(ada)

    # The end of the time, by the server's clock.
    near_the_end(product, ada)
    for page in (ada, ben):
        expect(page.locator("#room-alert")).to_contain_text("The time is over", timeout=20_000)
        page.get_by_role("link", name="Open the report").click()
        page.wait_for_url("**/report/", timeout=20_000)
    ada.get_by_role("button", name="Skip, show me the sheets").click()
    expect(ada.get_by_text(re.compile("hire", re.I)).first).to_be_visible(timeout=30_000)

    # Ben hears of no machine's level before he has sealed his own.
    expect(ben.locator("main")).not_to_contain_text(re.compile("hire", re.I))
    ben.get_by_role("link", name="Mark the sheet").click()
    ben.get_by_role("button", name="Seal my marks").click()
    expect(ben.locator("[data-automatic]").first).to_be_visible()
    expect(ada.locator("main")).to_contain_text("120M people x 20 ads")
    expect(ada.locator("main")).to_contain_text("Not shown")


def test_what_was_saved_is_there_after_a_reload(together: tuple[Page, Page]) -> None:
    ada, _ = together
    ada.locator('[data-note="clarify"]').fill("kept across a reload")
    saved(ada)
    ada.reload()
    expect(ada.locator('[data-note="clarify"]')).to_have_value("kept across a reload")

"""Two people and one clock: the plan as a strip, warnings, a pause with a reason, more time, the end, the swap."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product, until
from tests.e2e.room import invite_link, near_the_end, open_room, saved, session_id, start_clock

pytestmark = pytest.mark.browser

# Notes when each text of the clock's face appeared.
_WATCH = (
    "() => { const face = document.querySelector('#clock .clock-left'); window.turns = {};"
    "new MutationObserver(() => { window.turns[face.textContent] ??= Date.now(); })"
    ".observe(face, { childList: true, characterData: true, subtree: true }); }"
)


@pytest.fixture
def two(enter: Enter) -> tuple[Page, Page]:
    """Ada designs, Ben interviews, the clock runs; they have agreed to swap at half time."""
    ada, ben = enter("ada"), enter("ben")
    open_room(ada, "candidate", swap="full")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    expect(ben.locator("#notices")).to_contain_text("First half of two")
    start_clock(ben)
    expect(ada.locator("#clock")).to_have_attribute("data-state", "live")
    return ada, ben


def test_both_browsers_show_the_same_second(two: tuple[Page, Page], product: Product) -> None:
    ada, ben = two
    ada.locator('[data-step="frame"]').click()
    at_second(product, ada, 660 + 6 * 60 - 100)
    for page in (ada, ben):
        expect(page.locator("#timeline")).to_contain_text("Prepare the data")
        expect(page.locator("#timeline")).to_have_attribute("data-soon", "true")
    # The candidate is told in words, the interviewer to the second; where the notes are is shown to both.
    expect(ada.locator("#timeline .plan-left")).to_have_text("about 2 min left")
    expect(ben.locator("#timeline .plan-left")).to_have_text(re.compile(r"^1:\d\d left$"))
    expect(ben.locator("#timeline")).to_contain_text(re.compile(r"\+4:\d\d over in Frame as an ML problem"))
    expect(ada.locator("#timeline")).to_contain_text("your notes: Frame as an ML problem")
    expect(ben.locator("#timeline")).to_contain_text("then Engineer the features")
    # On a phone the phase and the strip stay, and nothing is wider than the page.
    ada.set_viewport_size({"width": 390, "height": 844})
    expect(ada.locator("#timeline .plan-name")).to_have_text("Prepare the data")
    expect(ada.locator(".plan-track")).to_be_visible()
    assert ada.evaluate("document.documentElement.scrollWidth") <= 390
    # Both browsers live on one machine, whose clock can say when each figure appeared.
    for page in (ada, ben):
        page.evaluate(_WATCH)
    until(lambda: len(shared_turns(ada, ben)) >= 3, 60, "The clocks never showed the same.")
    assert min(shared_turns(ada, ben)) < 1000


def test_two_people_interview_each_other(two: tuple[Page, Page], product: Product) -> None:
    ada, ben = two
    first = session_id(ada)

    # A pause, with its reason; the plan stands where it stood. News of the clock, which fetches the buttons once more,
    # leaves the panel open and what is typed in it.
    ben.locator("#clock-controls summary", has_text="Pause").click()
    ben.get_by_label("Reason").fill("The door bell")
    with ben.expect_response(lambda answer: answer.url.endswith("/clock/")):
        ben.evaluate("document.body.dispatchEvent(new CustomEvent('room:clock'))")
    ben.wait_for_timeout(300)
    expect(ben.get_by_label("Reason")).to_have_value("The door bell")
    ben.get_by_role("button", name="Pause the clock").click()
    for page in (ada, ben):
        expect(page.locator("#notices")).to_contain_text("“The door bell”")
        expect(page.locator("#notices")).to_contain_text("Paused by Ben")
    expect(ada.locator("#clock")).to_have_attribute("data-state", "paused")
    ben.get_by_role("button", name="Resume").click()
    expect(ada.locator("#notices")).not_to_contain_text("Paused")

    # Ada asks for more time and Ben agrees: the plan grows in both browsers.
    more_time(ada).click()
    ada.get_by_role("button", name="10 minutes").click()
    expect(ada.locator("#notices")).to_contain_text("10 minutes more are asked for")
    expect(ben.locator("#notices")).to_contain_text("Ada asks for 10 minutes more")
    ben.get_by_role("button", name="Agree").click()
    for page in (ada, ben):
        expect(page.locator('.plan-phase[data-phase="extra"]')).to_be_visible()
        expect(page.locator("#clock")).to_contain_text(re.compile(r"5[45]:\d\d"))
        expect(page.locator("#notices")).not_to_contain_text("asks for")
        expect(more_time(page)).to_have_count(0)

    # The end: they stay, and the time since is counted.
    ada.locator('[data-note="clarify"]').fill("Clicks, and who pays for them.")
    saved(ada)
    near_the_end(product, ada)
    for page in (ada, ben):
        expect(page.locator("#clock")).to_contain_text("since the end")
        expect(page.locator("#room-alert")).to_contain_text("The time is over")
    expect(ben.locator('[data-note-live="clarify"]')).to_contain_text("who pays")

    # Half time: Ben opens the second half, Ada is led there, and the seats are exchanged.
    ben.get_by_role("button", name="Open the second half").click()
    ben.wait_for_url(lambda url: first not in url)
    ada.get_by_role("link", name="Go to the second half").click()
    ada.wait_for_url(lambda url: first not in url)
    assert session_id(ada) == session_id(ben)
    expect(ada.locator("#room")).to_have_attribute("data-role", "interviewer")
    expect(ben.locator("#room")).to_have_attribute("data-role", "candidate")
    expect(ada.locator("h1")).not_to_have_text("Ad click prediction")
    start_clock(ada)
    expect(ben.locator("#clock")).to_have_attribute("data-state", "live")
    expect(ben.locator('[data-note="clarify"]')).to_have_value("")


def more_time(page: Page) -> Locator:
    return page.locator("#clock-controls summary", has_text="more time")


def shared_turns(ada: Page, ben: Page) -> list[int]:
    """For each figure that both clocks have shown, how far apart, in ms."""
    hers, his = (page.evaluate("window.turns") for page in (ada, ben))
    return [abs(hers[figure] - his[figure]) for figure in hers if figure in his]


def at_second(product: Product, page: Page, second: int) -> None:
    """Move the stored clock to a second of the session: the facts change, not the rules."""
    product.sql(
        "WITH moved AS (UPDATE interviews_session SET started_at = now() - make_interval(secs => %s), "
        "deadline_at = now() + (deadline_at - started_at) - make_interval(secs => %s) WHERE id = %s "
        "RETURNING board_id, deadline_at) "
        "UPDATE whiteboard_board b SET open_until = moved.deadline_at FROM moved WHERE b.id = moved.board_id",
        second,
        second,
        session_id(page),
    )

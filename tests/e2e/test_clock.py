"""Two people and one clock: the plan as a strip, warnings, a pause with a reason, more time, the end, the swap."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product, until
from tests.e2e.room import invite_link, open_room, session_id, start_clock

pytestmark = pytest.mark.browser

# Notes when each text of the clock's face appeared.
_WATCH = (
    "() => { const face = document.querySelector('#clock .clock-left'); window.turns = {};"
    "new MutationObserver(() => { window.turns[face.textContent] ??= Date.now(); })"
    ".observe(face, { childList: true, characterData: true, subtree: true }); }"
)


def test_both_browsers_show_the_same_second(enter: Enter, product: Product) -> None:
    ada, ben = enter("ada"), enter("ben")
    open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    expect(ada.locator("#clock")).to_have_attribute("data-state", "live")
    ada.locator('[data-step="frame"]').click()
    at_second(product, ada, 660 + 6 * 60 - 100)
    for page in (ada, ben):
        expect(page.locator("#timeline")).to_contain_text("Prepare the data", timeout=10_000)
        expect(page.locator("#timeline")).to_have_attribute("data-soon", "true")
    # The candidate is told in words, the interviewer to the second; where the notes are is shown to both.
    expect(ada.locator("#timeline .plan-left")).to_have_text("about 2 min left")
    expect(ben.locator("#timeline .plan-left")).to_have_text(re.compile(r"^1:\d\d left$"))
    expect(ben.locator("#timeline")).to_contain_text(re.compile(r"\+4:\d\d over in Frame as an ML problem"))
    expect(ada.locator("#timeline")).to_contain_text("your notes: Frame as an ML problem")
    expect(ben.locator("#timeline")).to_contain_text("then Engineer the features")
    # Both browsers live on one machine, whose clock can say when each figure appeared.
    for page in (ada, ben):
        page.evaluate(_WATCH)
    until(lambda: len(shared_turns(ada, ben)) >= 3, 20, "The clocks never showed the same.")
    assert min(shared_turns(ada, ben)) < 1000


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

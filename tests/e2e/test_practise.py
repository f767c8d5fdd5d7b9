"""Ada and Ben find each other by Practise now, one in a hidden tab; and what happens when one does not come."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.room import session_id
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser
SOON = 15_000


@pytest.fixture(autouse=True)
def empty_line(product: Product) -> None:
    """Nobody waits, nobody is awaited, and nobody knows every case."""
    product.sql("DELETE FROM interviews_offer")
    product.sql("DELETE FROM interviews_match")
    product.sql("DELETE FROM interviews_ticket")
    product.sql("DELETE FROM interviews_attendance")


def wait_as(page: Page, role: str, *, swap: str = "no") -> None:
    page.goto("/practise/")
    page.check(f"[name=role][value={role}]")
    page.check(f"[name=swap][value={swap}]")
    page.check("[name=again]")
    page.get_by_role("button", name="Find a partner").click()
    expect(
        page.locator("#practise [data-counts]").first
    ).to_be_visible()  # in the line, or offered somebody already


def accept(page: Page) -> None:
    page.get_by_role("button", name="Accept").click(timeout=SOON)


# What a browser does to a hidden tab: its own timers stand still. And a notification that can be read.
HIDDEN = """
const later = window.setTimeout;
window.setTimeout = (run, wait, ...rest) => later(run, wait >= 1000 ? 3_600_000 : wait, ...rest);
Object.defineProperty(document, "hidden", { get: () => true });
window.told = [];
window.Notification = class {
  static permission = "default";
  static async requestPermission() { return (Notification.permission = "granted"); }
  constructor(title) { window.told.push(title); }
};
"""


def test_a_hidden_tab_hears_of_an_offer_and_both_swap_at_half_time(enter: Enter, product: Product) -> None:
    ada, ben = enter("ada"), enter("ben", width=390, height=844)
    ada.add_init_script(HIDDEN)
    wait_as(ada, "candidate", swap="yes")
    ada.get_by_text("Also tell me by a notification").click()
    expect(ada.get_by_label("Also tell me by a notification")).to_be_checked()
    wait_as(ben, "interviewer", swap="no")
    expect(ben.get_by_text("Waiting for a candidate")).to_be_visible()
    assert findings(ben) == []
    ben.get_by_role("button", name="Leave the line").click()
    wait_as(ben, "interviewer", swap="either")
    expect(ada).to_have_title(re.compile("Partner found"), timeout=SOON)
    assert ada.evaluate("window.told") == ["Two Loops: partner found"]
    expect(ada.get_by_text("Two interviews, twice 45 minutes")).to_be_visible()
    accept(ben)
    accept(ada)
    ada.wait_for_url("**/sessions/*-*/", timeout=SOON)
    expect(ada.get_by_text("First half of two: afterwards Ben designs")).to_be_visible()
    ben.wait_for_url("**/sessions/*-*/", timeout=SOON)
    ben.goto("/practise/")
    expect(ben.get_by_text("You agreed on a session with Ada")).to_be_visible()
    ben.get_by_text("Give up this session").click()
    ben.get_by_role("button", name="Give it up").click()
    ben.wait_for_url("**/sessions/")


def test_two_meet_and_when_one_does_not_come_the_other_is_first_in_line(
    enter: Enter, product: Product
) -> None:
    ada, ben = enter("ada"), enter("ben")
    wait_as(ada, "candidate")
    wait_as(ben, "interviewer")
    expect(ada).to_have_title(re.compile("Partner found"), timeout=SOON)
    expect(ada.locator("#practise-spoken")).to_contain_text("A partner is found: Ben")
    assert findings(ada) == []
    accept(ada)
    expect(ada.get_by_text("If Ben does not, you stand first in line again")).to_be_visible()
    accept(ben)
    for page in (ada, ben):  # Ada's page leads her there by itself
        page.wait_for_url("**/sessions/*-*/", timeout=SOON)
    assert session_id(ada) == session_id(ben)
    expect(ada.get_by_text("Ben will start the clock")).to_be_visible()

    # As if Ben had never opened the room, and ten minutes had gone.
    met = session_id(ada)
    ben.goto("/")
    product.sql(
        "UPDATE interviews_seat SET came_at = NULL WHERE role = 'interviewer' AND session_id = %s", met
    )
    expect(ada.get_by_text("Ben is not here yet")).to_be_visible(timeout=SOON)
    product.sql(
        "UPDATE interviews_session SET agreed_start = now() - '10 minutes'::interval WHERE id = %s", met
    )
    ada.get_by_role("button", name="Find me another partner").click(timeout=SOON)
    expect(ada.get_by_text("Your partner did not come; that is noted")).to_be_visible()

    cleo = enter("cleo")
    wait_as(cleo, "interviewer")
    accept(cleo)
    accept(ada)
    for page in (ada, cleo):
        page.wait_for_url("**/sessions/*-*/", timeout=SOON)
    assert session_id(ada) == session_id(cleo) != met
    ben.goto("/profile/")
    expect(ben.get_by_text("You came to 0 of 1 agreed session.")).to_be_visible()
    ada.get_by_text("Give up this session").click()
    ada.get_by_role("button", name="Give it up").click()
    ada.wait_for_url("**/sessions/")

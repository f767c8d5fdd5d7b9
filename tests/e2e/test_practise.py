"""Ada and Ben find each other by Practise now; and what happens when one does not come."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.room import session_id

pytestmark = pytest.mark.browser
SOON = 15_000


@pytest.fixture(autouse=True)
def empty_line(product: Product) -> None:
    """Nobody waits, nobody is awaited, and nobody knows every case."""
    product.sql("DELETE FROM interviews_offer")
    product.sql("DELETE FROM interviews_match")
    product.sql("DELETE FROM interviews_ticket")
    product.sql("DELETE FROM interviews_attendance")


def wait_as(page: Page, role: str) -> None:
    page.goto("/practise/")
    page.check(f"[name=role][value={role}]")
    page.check("[name=again]")
    page.get_by_role("button", name="Find a partner").click()
    expect(
        page.locator("#practise [data-counts]").first
    ).to_be_visible()  # in the line, or offered somebody already


def accept(page: Page) -> None:
    page.get_by_role("button", name="Accept").click(timeout=SOON)


def test_two_meet_and_when_one_does_not_come_the_other_is_first_in_line(
    enter: Enter, product: Product
) -> None:
    ada, ben = enter("ada"), enter("ben")
    wait_as(ada, "candidate")
    wait_as(ben, "interviewer")
    expect(ada).to_have_title(re.compile("Partner found"), timeout=SOON)
    expect(ada.locator("#practise-spoken")).to_contain_text("A partner is found: Ben")
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

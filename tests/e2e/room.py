"""What people do in a room, by the controls that they see."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.product import Product, until


def open_room(
    page: Page,
    arrangement: str,
    *,
    case: str = "Ad click prediction",
    hands_off: bool = False,
    swap: str = "",
    panel: bool = False,
) -> str:
    """Pick the case, choose a seat ("alone", "candidate", "interviewer"), open the room; returns the session's id."""
    page.goto("/cases/")
    page.get_by_role("link", name=re.compile(case)).first.click()
    page.get_by_role("link", name="Start a session").click()
    page.check(f"[name=arrangement][value={arrangement}]")
    if swap:
        page.check(f"[name=swap][value={swap}]")
    if hands_off:
        page.check("[name=hands_off]")
    if panel:
        page.check("[name=panel]")
    page.get_by_role("button", name="Open the room").click()
    page.wait_for_load_state()
    if page.get_by_text("all the same").is_visible():  # an earlier session was on the same case
        page.get_by_label("all the same").check()
        page.get_by_role("button", name="Open the room").click()
    page.wait_for_url("**/sessions/*-*/")
    return session_id(page)


def session_id(page: Page) -> str:
    found = re.search(r"/sessions/([0-9a-f-]{36})/", page.url)
    assert found, page.url
    return found[1]


def invite_link(page: Page) -> str:
    """Make an invite link and read it off the page."""
    page.get_by_role("button", name="Make an invite link").click()
    field = page.locator("input[readonly]").first
    expect(field).to_have_value(re.compile("/invites/"))
    return field.input_value()


def part_link(page: Page, part: str) -> str:
    """Make the link to a part of a panel and read it off the page."""
    place = page.locator(f"#invite-interviewer-{part}")
    place.get_by_role("button", name="Make an invite link").click()
    field = place.locator("input[readonly]")
    expect(field).to_have_value(re.compile("/invites/"))
    return field.input_value()


def take(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Take the seat").click()
    page.wait_for_url("**/sessions/*/")


def start_clock(page: Page) -> None:
    """Start the clock, also where the others have not said that they are ready."""
    page.get_by_role("button", name=re.compile("^Start")).first.click()
    asked = page.locator("dialog[open]")
    if asked.count():
        asked.get_by_role("button", name="Start the clock").click()
    expect(page.locator("#clock")).to_have_attribute("data-state", "live")


def saved(page: Page) -> None:
    """Wait until the page says that everything is saved."""
    expect(page.locator("#saved")).to_contain_text("All changes saved")


def board_texts(product: Product, page: Page, wanted: set[str]) -> bool:
    """Whether the server's board holds these labels, once it says so."""

    def there() -> bool:
        rows = product.sql(
            "SELECT e.data->>'originalText' FROM whiteboard_element e "
            "JOIN interviews_session s ON s.board_id = e.board_id "
            "WHERE s.id = %s AND e.data->>'type' = 'text' AND NOT e.is_deleted",
            session_id(page),
        )
        return wanted <= {row[0] for row in rows}

    until(there, 60, f"The board never held {wanted}.")
    return True


def near_the_end(product: Product, page: Page) -> None:
    """Move the stored clock so that three seconds are left: the facts change, not the rules."""
    product.sql(
        "WITH moved AS (UPDATE interviews_session "
        "SET started_at = started_at - (deadline_at - now() - '3 s'::interval), "
        "deadline_at = now() + '3 s'::interval WHERE id = %s RETURNING board_id, deadline_at) "
        "UPDATE whiteboard_board b SET open_until = moved.deadline_at FROM moved WHERE b.id = moved.board_id",
        session_id(page),
    )

"""The board's palette and what the board understands, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.product import Product, until
from tests.e2e.room import saved, session_id

pytestmark = pytest.mark.browser


def kinds(product: Product, page: Page) -> list[str]:
    rows = product.sql(
        "SELECT e.data->'customData'->>'part' FROM whiteboard_element e "
        "JOIN interviews_session s ON s.board_id = e.board_id "
        "WHERE s.id = %s AND e.data->'customData' ? 'part' AND NOT e.is_deleted",
        session_id(page),
    )
    return sorted(row[0] for row in rows)


def holds(product: Product, page: Page, *wanted: str) -> None:
    until(lambda: kinds(product, page) == sorted(wanted), 10, f"The board never held just {wanted}.")


def test_a_part_is_found_and_inserted_by_keyboard(room: Page, product: Product) -> None:
    search = room.get_by_role("searchbox", name="Find a part")
    search.fill("nearest")  # of what the part means, not of its name
    expect(room.get_by_role("button", name="ANN index", exact=True)).to_be_visible()
    expect(room.get_by_role("button", name="Ranker", exact=True)).to_be_hidden()
    search.press("Enter")
    holds(product, room, "ann-index")
    search.fill("no such thing")
    expect(room.get_by_text("No part is called so")).to_be_visible()
    search.press("Escape")
    expect(room.get_by_role("button", name="Ranker", exact=True)).to_be_visible()


def test_a_part_is_dragged_to_where_it_shall_stand_and_a_copy_keeps_its_kind(
    room: Page, product: Product
) -> None:
    board = room.locator("#board")
    room.get_by_role("button", name="Event log", exact=True).drag_to(
        board, target_position={"x": 600, "y": 500}
    )
    holds(product, room, "event-log")
    room.mouse.click(board.bounding_box()["x"] + 600, board.bounding_box()["y"] + 500)  # type: ignore[index]
    room.keyboard.press("Control+d")
    holds(product, room, "event-log", "event-log")


def test_what_was_understood_is_listed_and_corrected(room: Page, product: Product) -> None:
    room.get_by_role("button", name="Ranker", exact=True).click()
    saved(room)
    room.get_by_role("button", name="System", exact=True).click()
    system = room.locator("#system")
    expect(system).to_contain_text("Ranker", timeout=10_000)
    system.get_by_role("button", name="Ranker is Ranker: change").click()
    system.get_by_role("combobox").select_option(label="Re-ranker / policy")
    holds(product, room, "re-ranker")
    expect(system.get_by_role("button", name="Ranker is Re-ranker / policy: change")).to_be_visible(
        timeout=10_000
    )
    room.get_by_role("button", name="Undo").click()
    holds(product, room, "ranker")

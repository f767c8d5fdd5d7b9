"""Somebody who is asked for the password again while a room is open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, Enter
from tests.e2e.product import Product
from tests.e2e.room import board_texts, open_room, saved, start_clock

pytestmark = pytest.mark.browser


def test_a_room_comes_back_with_the_new_cookie(enter: Enter, product: Product) -> None:
    room = enter("ada")
    open_room(room, "alone")
    start_clock(room)
    tab = room.context.new_page()
    tab.goto("/accounts/reauthenticate/")
    tab.get_by_label("Password").fill(PASSWORD)
    with room.expect_websocket(timeout=20_000):
        tab.get_by_label("Password").press("Enter")
    room.get_by_role("button", name="Ranker", exact=True).click()
    assert board_texts(product, room, {"Ranker"})
    saved(room)
    expect(room.get_by_text("You are logged out")).to_have_count(0)

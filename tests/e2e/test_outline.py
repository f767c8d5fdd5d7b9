"""Starters, the drawing as text, and drawings from elsewhere, as a person at the keyboard uses them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.product import Product, until
from tests.e2e.room import board_texts, saved, session_id

pytestmark = pytest.mark.browser


def elements(product: Product, page: Page) -> dict[str, int]:
    """How many living elements of each type the server holds."""
    rows = product.sql(
        "SELECT e.data->>'type', count(*) FROM whiteboard_element e "
        "JOIN interviews_session s ON s.board_id = e.board_id "
        "WHERE s.id = %s AND NOT e.is_deleted GROUP BY 1",
        session_id(page),
    )
    return dict(rows)


def strokes(product: Product, page: Page) -> set[str]:
    rows = product.sql(
        "SELECT DISTINCT e.data->>'strokeStyle' FROM whiteboard_element e "
        "JOIN interviews_session s ON s.board_id = e.board_id "
        "WHERE s.id = %s AND e.data->>'type' = 'arrow' AND NOT e.is_deleted",
        session_id(page),
    )
    return {row[0] for row in rows}


def test_an_empty_board_offers_a_beginning_and_one_undo_takes_it_back(room: Page, product: Product) -> None:
    begin = room.locator("#begin")
    expect(begin).to_be_visible()
    begin.get_by_role("button", name="Two loops").click()
    expect(begin).to_be_hidden()
    until(lambda: elements(product, room).get("frame") == 2, 10, "The two loops never came.")
    saved(room)
    room.get_by_role("button", name="Undo").first.click()
    until(lambda: elements(product, room) == {}, 10, "Undo left something on the board.")
    expect(begin).to_be_visible()


def test_the_drawing_is_edited_as_text_by_keyboard_alone(room: Page, product: Product) -> None:
    room.locator("#begin").get_by_role("button", name="Two loops").click()
    until(lambda: elements(product, room).get("frame") == 2, 10, "The two loops never came.")
    before = elements(product, room)
    room.get_by_role("button", name="Outline", exact=True).focus()
    room.keyboard.press("Enter")
    outline = room.get_by_role("textbox", name="Outline of the drawing")
    expect(outline).to_have_value(re.compile("Model server"), timeout=10_000)
    text = outline.input_value()
    outline.fill(
        text.replace("Model server", "Ranker (20 ms)").replace("# Offline", "Cache\n  -> Gateway\n# Offline")
    )
    outline.press("Control+Enter")
    expect(room.locator("#outline-said")).to_contain_text("The board is changed")
    assert board_texts(product, room, {"Ranker (20 ms)", "Cache"})
    until(
        lambda: elements(product, room)["rectangle"] == before["rectangle"] + 1, 10, "More than a cache came."
    )
    assert elements(product, room)["arrow"] == before["arrow"] + 1
    # And again at once: the lines have moved, and each is still of the same part.
    outline.fill(outline.input_value().replace("Data lake", "Bronze tables"))
    outline.press("Control+Enter")
    assert board_texts(product, room, {"Bronze tables", "Ranker (20 ms)", "Cache", "Event log"})
    assert elements(product, room)["rectangle"] == before["rectangle"] + 1
    outline.fill(outline.input_value().replace("-> Gateway\n", "-> Gatweay\n", 1))
    outline.press("Control+Enter")
    expect(room.locator("#outline-said")).to_contain_text("did you mean “Gateway”?")


def test_a_drawing_comes_in_and_goes_out(room: Page, product: Product, tmp_path: Path) -> None:
    room.get_by_role("button", name="Outline", exact=True).click()
    room.get_by_role("textbox", name="A drawing as text").fill(
        "flowchart LR\n a[Kafka] ==> b[(Lake)] -.-> c[Trainer]"
    )
    room.get_by_role("button", name="Put on the board").click()
    expect(room.locator("#import-said")).to_contain_text("It is on the board")
    assert board_texts(product, room, {"Kafka", "Lake", "Trainer"})
    assert strokes(product, room) == {"dashed", "dotted"}
    saved(room)
    with room.expect_download() as download:
        room.get_by_role("link", name="Excalidraw").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "ad-click-prediction.excalidraw"
    before = elements(product, room)
    room.locator("#import input[type=file]").set_input_files(file)
    room.get_by_role("button", name="Put on the board").click()
    until(
        lambda: elements(product, room) == {kind: 2 * count for kind, count in before.items()},
        10,
        "The file did not come in as it went out.",
    )


def test_an_arrow_is_said_to_stream_by_a_button(room: Page, product: Product) -> None:
    for name in ("Event log", "Stream processor"):
        room.get_by_role("button", name=name, exact=True).click()
    board = room.locator(".excalidraw canvas.interactive")
    board.click(position={"x": 650, "y": 300})
    room.keyboard.press("Control+a")
    room.get_by_role("button", name="Connect two parts").click()
    until(lambda: strokes(product, room) == {"solid"}, 10, "The two were never connected.")
    room.get_by_role("button", name="stream", exact=True).click()
    until(lambda: strokes(product, room) == {"dotted"}, 10, "The arrow never became a stream.")

"""The candidate's side of the room: Ada practises alone with all that she has; Ben reads along in a session of two."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.room import invite_link, open_room, saved, session_id, start_clock
from tests.interviews.pictures import picture

pytestmark = pytest.mark.browser

PASTE = """([selector, name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], name, { type }));
  const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(paste);
}"""
NOTE = '[data-note="clarify"]'


def paste(page: Page, data: bytes, name: str = "sketch.png", type: str = "image/png") -> None:
    """What a browser does when a picture is pasted into the note."""
    page.evaluate(PASTE, [NOTE, name, type, b64encode(data).decode()])


def show(page: Page, pane: str) -> None:
    page.locator(f'[data-show-pane="{pane}"]').click()


def test_ada_practises_alone(room: Page) -> None:
    # A fact when asked for, kept under the prompt; a question when wanted.
    show(room, "prompt")
    room.get_by_label("Ask for a fact").fill("How many users are there each day?")
    room.get_by_label("Ask for a fact").press("Enter")
    expect(room.locator("#alone-fact")).to_contain_text("120 million people a day", timeout=10_000)
    expect(room.locator("#facts")).to_contain_text("120 million people a day", timeout=10_000)
    room.get_by_role("button", name="Ask me something").click()
    expect(room.locator("#alone-asked")).to_contain_text("States the business objective", timeout=10_000)
    room.get_by_role("button", name="What does my drawing lack?").click()
    expect(room.locator("#pane-system")).to_be_visible()

    # The calculator, by keyboard alone.
    show(room, "tools")
    room.get_by_label("Daily active users").focus()
    for typed in ("120 M", "20", "2.5"):
        room.keyboard.type(typed)
        room.keyboard.press("Tab")
    expect(room.locator("#capacity-steps")).to_contain_text("27.8 k/s x 2.5 = 69.4 k requests a second")
    room.keyboard.press("Enter")
    expect(room.locator("#capacity-sheet .note-state")).to_contain_text("stands in your notes")
    expect(room.locator(NOTE)).to_have_value(re.compile(r"2\.4 B / 86,400 s = 27\.8 k requests a second\."))
    room.get_by_label("A line of your own").fill("5 / 0")
    expect(room.locator(".capacity-result")).to_have_text("Something is divided by zero.")

    # A decision: written into the notes, listed from there, and gone from the list with its lines.
    room.get_by_label("Decision", exact=True).fill("Log loss")
    room.get_by_label("What it costs").fill("none")
    room.get_by_label("What it costs").press("Enter")
    expect(room.locator("#ledger-list")).to_contain_text("Log loss")
    room.get_by_role("button", name="Edit “Log loss” in the notes").click()
    expect(room.locator(NOTE)).to_be_focused()
    room.keyboard.type("Decision: calibrated log loss")
    show(room, "tools")
    expect(room.locator("#ledger-list")).to_contain_text("calibrated log loss")
    saved(room)

    # A picture, what is none, and the whole formatted.
    show(room, "notes")
    paste(room, picture())
    expect(room.locator(NOTE)).to_have_value(
        re.compile(r"!\[picture\]\(note:[0-9a-f-]{36}\)"), timeout=10_000
    )
    paste(room, b"<svg onload='alert(1)'/>", "x.svg", "image/svg+xml")
    said = room.locator("[data-picture-said]").first
    expect(said).to_contain_text("This is no PNG", timeout=10_000)
    room.locator('[data-step-panel="clarify"]').get_by_role("button", name="Preview").click()
    expect(room.locator("#preview-clarify img")).to_have_js_property("naturalWidth", 40)
    saved(room)

    # Handed in: report and replay have it all.
    session = session_id(room)
    room.get_by_role("button", name="Submit…").click()
    room.get_by_role("dialog").get_by_role("button", name=re.compile("^Submit")).click()
    room.wait_for_url("**/report/", timeout=20_000)
    expect(room.locator("main")).to_contain_text("calibrated log loss", timeout=30_000)
    expect(room.locator(f'main img[src^="/sessions/{session}/pictures/"]')).to_be_visible()
    room.goto(f"/sessions/{session}/replay/?t=9999")
    expect(room.locator("#replay-notes img")).to_be_visible()
    expect(room.locator("main")).to_contain_text("asked a question by the rules")


def test_ben_reads_along(enter: Enter) -> None:
    ada, ben = enter("ada"), enter("ben")
    open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    expect(ada.locator("#clock")).to_contain_text(re.compile(r"4[45]:\d\d"), timeout=10_000)
    expect(ada.get_by_text("You practise alone")).to_have_count(0)

    ada.locator(NOTE).fill("Decision: two stages\nCost: **12 ms**\n")
    paste(ada, picture())
    live = ben.locator('[data-step-panel="clarify"]')
    expect(live.locator("[data-note-pictures] img")).to_be_visible(timeout=10_000)
    show(ben, "tools")
    expect(ben.locator("#ledger-list")).to_contain_text("two stages", timeout=10_000)
    ben.get_by_role("button", name="Show “two stages” in the notes").click()
    live.get_by_role("button", name="Formatted").click()
    expect(live.locator("strong")).to_have_text("12 ms", timeout=10_000)
    ada.locator(NOTE).fill("Decision: **one stage**")
    expect(live.locator("strong")).to_have_text("one stage", timeout=10_000)

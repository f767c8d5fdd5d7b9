"""Ben conducts an interview by keyboard alone; every byte that Ada's browser receives meanwhile is searched."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.room import invite_link, open_room, saved, start_clock
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser

NOTE = "private canary 0815: hesitates on labels"
OWN_FLIP = "From today the feed runs on watches, too."
# Names that stand in interviewers' pages and sockets, and in no script.
NAMES = ["guide_opened", "earns_2", "listen_for", "untouched", "/console/rows/"]


class Record:
    """Every response and frame that a page receives, in order."""

    def __init__(self, page: Page) -> None:
        self.received: list[bytes] = []
        page.on("response", lambda response: self.received.append(_body(response)))
        page.on(
            "websocket", lambda ws: ws.on("framereceived", lambda frame: self.received.append(_bytes(frame)))
        )

    def holds(self, text: str, since: int = 0, until: int | None = None) -> list[str]:
        """In which forms the text stands in the pieces that were received from `since` and before `until`."""
        everything = b"\n".join(self.received[since:until])
        return [name for name, form in _forms(text) if form in everything]


def _forms(text: str) -> Iterator[tuple[str, bytes]]:
    yield "plain", text.encode()
    yield "HTML", html.escape(text).encode()
    yield "JSON", json.dumps(text)[1:-1].encode()
    for shift in range(3):
        # Of each alignment, the part that no neighbour changes.
        yield "base64", base64.b64encode(b"\0" * shift + text.encode())[4:-4]


def strings(value: Any) -> Iterator[str]:
    """All texts in a guide that are long enough to be nobody else's."""
    if isinstance(value, str):
        if len(value) >= 24:
            yield value.strip()
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_by_keyboard_alone_and_nothing_of_it_reaches_the_candidate(enter: Enter, product: Product) -> None:
    ada, ben = enter("ada"), enter("ben")
    record = Record(ada)
    session = open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    guide, prompt = product.sql(
        "SELECT g.body, v.prompt || v.title || v.summary FROM casebank_guide g "
        "JOIN casebank_caseversion v ON v.id = g.version_id "
        "JOIN interviews_session s ON s.case_version_id = v.id WHERE s.id = %s",
        session,
    )[0]
    fact, hint, flip = guide["facts"][1], guide["hints"]["clarify"][0], guide["flips"][0]["change"]

    # A fact, one search away.
    ben.keyboard.press("g")
    expect(ben.locator("#console-search")).to_be_focused(timeout=10_000)
    ben.keyboard.type("how large")
    expect(ben.locator("#fact-2")).to_have_attribute("data-current", "")
    before_fact = len(record.received)
    ben.keyboard.press("Enter")
    expect(ada.locator("#facts")).to_contain_text(fact["answer"], timeout=10_000)
    expect(ada.locator("[data-show-pane=prompt]")).to_have_attribute("data-fresh", "true")
    expect(ben.locator("#fact-2")).to_contain_text("given")
    assert focus(ben) == "console-search"

    # Ticks, faster than the server answers.
    ben.keyboard.press("Escape")
    ben.keyboard.press("Escape")
    ben.keyboard.press("Shift+C")
    assert focus(ben) == "point-clarifygoal-0"
    expect(ben.locator("#point-clarifygoal .con-anchors")).to_be_visible()
    for key in ("2", "3", "ArrowDown", "1", "ArrowRight", "j", "0"):
        ben.keyboard.press(key)
    expect(ben.locator("#con-points")).to_contain_text("3 of 50", timeout=10_000)
    pressed = ben.locator("[data-rows=points] [aria-pressed=true]")
    assert pressed.evaluate_all("all => all.map(one => one.id)") == [
        "point-clarifygoal-3",
        "point-clarifyscope-2",
        "point-clarifyscale-0",
    ]
    assert focus(ben) == "point-clarifyscale-0"
    expect(ben.locator("#coverage")).to_contain_text("47 of 50")

    # Probes, a hint, a flip of the guide's and one's own.
    for key in ("Shift+P", "p", "r", "ArrowDown", "m"):
        ben.keyboard.press(key)
    expect(ben.locator("#con-probes")).to_contain_text("2 of", timeout=10_000)
    before_hint = len(record.received)
    ben.keyboard.press("Shift+H")
    ben.keyboard.press("Enter")
    expect(ada.locator("#announced")).to_contain_text(hint, timeout=10_000)
    before_flip = len(record.received)
    for key in ("Shift+X", "Enter", "Control+Enter"):
        ben.keyboard.press(key)
    expect(ada.locator("#announced")).to_contain_text(flip, timeout=10_000)
    expect(ben.locator("#flip-text")).to_have_value("")
    ben.keyboard.type(OWN_FLIP)
    ben.keyboard.press("Control+Enter")
    for page in (ada, ben):
        expect(page.locator("#announced")).to_contain_text(OWN_FLIP, timeout=10_000)

    # A note with the time before it, and what was put away stays away.
    ben.keyboard.press("Escape")
    ben.keyboard.press("n")
    ben.keyboard.type(NOTE)
    expect(ben.locator("#private")).to_have_value(re.compile(r"^\[\d+:\d\d\] " + NOTE))
    saved(ben)
    ada.locator("[data-told] [data-put-away]").first.click()
    ada.locator("[data-note=clarify]").fill("Watches, too.")
    expect(ben.locator("#coverage")).to_contain_text("44 of 50", timeout=10_000)
    ada.reload()
    expect(ada.locator("#announced [data-told]:visible")).to_have_count(1)
    for path in ("console/", "console/rows/", "guide/", "told/", "facts/", "report/", "report/marks/"):
        ada.evaluate("path => fetch(path).then((answer) => answer.text())", path)
    saved(ada)

    assert sum(map(len, record.received)) > 100_000
    given = {fact["answer"]: before_fact, hint: before_hint, flip: before_flip}
    for text, at in given.items():
        assert record.holds(text, at), text
        assert record.holds(text, until=at) == [], text
    canaries = {text for text in strings(guide) if text not in prompt and text not in given} | {NOTE, *NAMES}
    assert len(canaries) > 200
    assert {text: forms for text in canaries if (forms := record.holds(text))} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_part_of_it(enter: Enter, scheme: str) -> None:
    ada, ben = enter("ada"), enter("ben", width=390, height=844)
    ben.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    ben.locator("[data-show-pane=console]").click()
    found = []
    for part in ("facts", "hints", "probes", "points", "flips"):
        ben.locator(f"#console [data-part={part}]").click()
        found += findings(ben)
    assert found == []
    assert ben.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _body(response: Any) -> bytes:
    try:
        return bytes(response.body())
    except Exception:  # a redirect has no body
        return b""


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame

"""Ben conducts an interview by keyboard alone. That nothing hidden reaches Ada is in test_hidden.py."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.room import invite_link, open_room, saved, start_clock
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser

NOTE = "hesitates on labels"
OWN_FLIP = "From today the feed runs on watches, too."


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_by_keyboard_alone(enter: Enter, product: Product) -> None:
    ada, ben = enter("ada"), enter("ben")
    session = open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    guide = product.sql(
        "SELECT g.body FROM casebank_guide g JOIN interviews_session s ON s.case_version_id = g.version_id "
        "WHERE s.id = %s",
        session,
    )[0][0]
    fact, hint, flip = guide["facts"][1], guide["hints"]["clarify"][0], guide["flips"][0]["change"]

    # A fact, one search away.
    ben.keyboard.press("g")
    expect(ben.locator("#console-search")).to_be_focused()
    ben.keyboard.type("how large")
    expect(ben.locator("#fact-2")).to_have_attribute("data-current", "")
    ben.keyboard.press("Enter")
    expect(ada.locator("#facts")).to_contain_text(fact["answer"])
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
    expect(ben.locator("#con-points")).to_contain_text("3 of 50")
    pressed = ben.locator("[data-rows=points] [aria-pressed=true]")
    assert pressed.evaluate_all("all => all.map(one => one.id)") == [
        "point-clarifygoal-3",
        "point-clarifyscope-2",
        "point-clarifyscale-0",
    ]
    assert focus(ben) == "point-clarifyscale-0"
    expect(ben.locator("#coverage")).to_contain_text("47 of 50")
    ben.keyboard.press("Shift+U")
    ben.keyboard.press("Tab")
    ben.keyboard.press("Enter")
    assert focus(ben) == "point-clarifyconstraints-0"

    # Probes, a hint, a flip of the guide's and one's own.
    for key in ("Shift+P", "p", "r", "ArrowDown", "m"):
        ben.keyboard.press(key)
    expect(ben.locator("#con-probes")).to_contain_text("2 of")
    ben.keyboard.press("Shift+H")
    ben.keyboard.press("Enter")
    expect(ada.locator("#announced")).to_contain_text(hint)
    for key in ("Shift+X", "Enter", "Control+Enter"):
        ben.keyboard.press(key)
    expect(ada.locator("#announced")).to_contain_text(flip)
    expect(ben.locator("#flip-text")).to_have_value("")
    ben.keyboard.type(OWN_FLIP)
    ben.keyboard.press("Control+Enter")
    for page in (ada, ben):
        expect(page.locator("#announced")).to_contain_text(OWN_FLIP)

    # A note with the time before it, and what was put away stays away.
    ben.keyboard.press("Escape")
    ben.keyboard.press("n")
    ben.keyboard.type(NOTE)
    expect(ben.locator("#private")).to_have_value(re.compile(r"^\[\d+:\d\d\] " + NOTE))
    saved(ben)
    ada.locator("[data-told] [data-put-away]").first.click()
    ada.locator("[data-note=clarify]").fill("Watches, too.")
    expect(ben.locator("#coverage")).to_contain_text("44 of 50")
    ada.reload()
    expect(ada.locator("#announced [data-told]:visible")).to_have_count(1)


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

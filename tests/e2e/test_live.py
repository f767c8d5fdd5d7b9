"""Three people in one room: who points, who follows, who only watches."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product, until
from tests.e2e.room import board_texts, invite_link, open_room, session_id, start_clock

pytestmark = pytest.mark.browser


def test_a_link_that_is_asked_for_while_the_list_is_fetched_is_shown(enter: Enter) -> None:
    ada, ben = enter("ada"), enter("ben")
    open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    ben.route("**/people/", lambda route: None)  # it is never answered
    ben.get_by_role("button", name="Who is in this session").click()
    with ben.expect_event("requestfailed", lambda request: request.url.endswith("/people/")):
        ben.get_by_role("button", name="Make a link to watch").click()
    expect(ben.locator("#invite-link-observer")).to_have_value(re.compile("/invites/"))


@pytest.fixture
def three(enter: Enter) -> tuple[Page, Page, Page]:
    """Ada draws, Ben interviews and keeps his hands off the board, Cleo watches."""
    ada, ben, cleo = enter("ada"), enter("ben"), enter("cleo")
    open_room(ada, "candidate", hands_off=True)
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    ben.get_by_role("button", name="Who is in this session").click()
    ben.get_by_role("button", name="Make a link to watch").click()
    link = ben.locator("#invite-link-observer")
    expect(link).to_have_value(re.compile("/invites/"), timeout=10_000)
    cleo.goto(link.input_value())
    expect(cleo.locator("main")).to_contain_text("watch")
    cleo.get_by_role("button", name=re.compile("seat", re.I)).click()
    cleo.wait_for_url("**/sessions/*/")
    ben.get_by_role("button", name="Close").click()
    for page in (ada, ben, cleo):
        page.wait_for_selector(".excalidraw canvas")
        expect(page.locator("#people")).to_contain_text("Cleo" if page is not cleo else "You", timeout=10_000)
    return ada, ben, cleo


def test_who_watches_sees_and_changes_nothing(three: tuple[Page, Page, Page], product: Product) -> None:
    ada, ben, cleo = three
    ada.get_by_role("button", name="Ranker", exact=True).click()
    assert board_texts(product, ada, {"Ranker"})
    expect(cleo.locator("#palette")).to_have_count(0)
    expect(cleo.locator("[data-note]")).to_have_count(0)
    cleo.locator("#board").click(position={"x": 400, "y": 300})
    cleo.keyboard.press("Control+a")
    cleo.keyboard.press("Delete")
    cleo.wait_for_timeout(800)
    assert board_texts(product, ada, {"Ranker"})
    # Sent away, she is out within seconds.
    ben.get_by_role("button", name="Who is in this session").click()
    ben.get_by_role("button", name="Send away").click()
    expect(cleo.locator("#room-alert")).to_contain_text("no longer have a seat", timeout=10_000)


def test_one_follows_the_other_until_looking_around(three: tuple[Page, Page, Page]) -> None:
    ada, ben, _ = three
    ada.get_by_role("button", name="Ranker", exact=True).click()
    ben.get_by_role("button", name=re.compile("^Follow Ada")).or_(
        ben.locator(".person-follow", has_text="Ada")
    ).first.click()
    expect(ben.locator("#board")).to_have_class(re.compile("board-following"))
    ada.locator("#board").hover(position={"x": 500, "y": 400})
    ada.keyboard.down("Control")
    for _ in range(4):
        ada.mouse.wheel(0, 120)
        ada.wait_for_timeout(60)
    ada.keyboard.up("Control")
    seen = ada.locator(".reset-zoom-button").inner_text()
    assert seen != "100%"
    until(
        lambda: _zoom(ben) == pytest.approx(_zoom(ada), abs=8),
        10,
        lambda: f"Ben saw {_zoom(ben)}, Ada {_zoom(ada)}",
    )
    ben.locator("#board").hover(position={"x": 500, "y": 400})
    ben.mouse.wheel(0, 120)
    expect(ben.locator("#board")).not_to_have_class(re.compile("board-following"))


def _zoom(page: Page) -> int:
    return int(page.locator(".reset-zoom-button").inner_text().rstrip("%"))


def test_hands_off_the_interviewer_points_with_a_light(three: tuple[Page, Page, Page]) -> None:
    ada, ben, _ = three
    heard: list[str] = []
    session = session_id(ada)
    ada.on("websocket", lambda ws: ws.on("framereceived", lambda frame: heard.append(str(frame))))
    ada.reload()
    ada.wait_for_selector(".excalidraw canvas")
    assert session_id(ada) == session
    light = ben.get_by_role("button", name="Laser", exact=True)
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")

    def trail() -> bool:
        for step in range(12):
            ben.mouse.move(500 + 10 * step, 400 + 5 * step)
            ben.wait_for_timeout(40)
        said = [json.loads(frame) for frame in heard if '"pointer"' in frame]
        return any(one.get("tool") == "laser" and one.get("button") == "down" for one in said)

    until(trail, 15, "Ada never saw the light.")
    expect(ada.locator(".SVGLayer path").first).to_be_attached()
    expect(ben.locator("#palette")).to_have_count(0)

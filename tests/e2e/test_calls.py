"""Two people talk: by voice between two real browsers with fake devices, and by chat; lines break and heal."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calls import KEEP, WAYS, flows, frames_of, hide, received
from tests.e2e.conftest import Enter
from tests.e2e.product import until
from tests.e2e.relay import Relay
from tests.e2e.room import invite_link, open_room, part_link, start_clock, take
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser


@pytest.fixture
def met(enter: Enter) -> tuple[Page, Page]:
    """Ada and Ben in one lobby."""
    ada, ben = enter("ada"), enter("ben")
    for page in (ada, ben):
        page.add_init_script(f"({KEEP})()")
    open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    return ada, ben


@pytest.fixture
def two(met: tuple[Page, Page]) -> tuple[Page, Page]:
    """The same with the clock running."""
    ada, ben = met
    start_clock(ben)
    expect(ada.locator("#clock")).to_contain_text(re.compile(r"4[45]:\d\d"))
    return ada, ben


def test_a_lobby_looks_at_devices_and_waits_until_both_are_ready(met: tuple[Page, Page]) -> None:
    ada, ben = met
    ada.get_by_text("Check microphone, camera and network").click()
    ada.get_by_role("button", name="Try the microphone").click()
    meter = ada.locator("#device-check meter")
    until(lambda: meter.evaluate("one => one.value") > 0.1, 60, "The microphone was not heard.")
    ada.get_by_role("button", name="Try the camera").click()
    until(lambda: ada.locator("#device-check video").evaluate("one => one.videoWidth") > 0, 60, "No picture.")
    expect(ada.locator("[data-check-said=network]")).to_contain_text("ms to the server and back")

    assert findings(ada) == []
    lobby = ben.locator("#lobby-live")
    ben.get_by_role("button", name="Start the clock").first.click()
    dialog = ben.locator("dialog[open]")
    expect(dialog).to_contain_text("Ada has not said that they are ready")
    dialog.get_by_role("button", name="Cancel").click()
    ada.get_by_role("button", name="I’m ready, and agree").click()
    expect(lobby.get_by_text("not ready yet")).to_have_count(1)

    ada.get_by_role("button", name="Devices, and calling by a link").click()
    ada.get_by_label("Or paste a link to your own call").fill("https://meet.example.com/two-loops")
    ada.get_by_role("button", name="Share it").click()
    link = ben.locator("#lobby").get_by_role("link", name="Call at meet.example.com")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    ada.get_by_role("button", name="Close").click()

    ben.get_by_role("button", name="Start the clock").first.click()
    expect(ada.locator("#lobby")).to_be_hidden()
    expect(ada.locator("#consent")).to_be_hidden()


def test_two_people_talk_mute_show_themselves_and_find_each_other_again(two: tuple[Page, Page]) -> None:
    ada, ben = two
    bens_tile, adas_tile = (
        ada.locator("[data-tile]:not(.tile-own)"),
        ben.locator("[data-tile]:not(.tile-own)"),
    )

    ben.get_by_role("button", name="Call", exact=True).click()
    expect(bens_tile).to_contain_text("in the call")
    ada.get_by_role("button", name="Join the call").click()
    for page in two:
        flows(page, "audio")
    expect(adas_tile.locator(".tile-words")).to_have_text("")
    assert received(ada, "video") == [0]

    ben.get_by_role("button", name="Mute", exact=True).click()
    expect(bens_tile).to_contain_text("muted")
    ben.get_by_role("button", name="Unmute", exact=True).click()
    expect(bens_tile).not_to_contain_text("muted")

    ada.get_by_role("button", name="Turn the camera on").click()
    flows(ben, "video")
    expect(adas_tile.locator("video")).to_be_visible()
    assert findings(ben) == []
    ada.get_by_role("button", name="Turn the camera off").click()
    expect(adas_tile.locator("video")).not_to_be_visible()

    # The page is loaded again in the middle of it: both find each other anew.
    ada.reload()
    ada.get_by_role("button", name="Join the call").click()
    for page in two:
        flows(page, "audio")

    # The room's socket is cut: the voices do not need it, and what changed meanwhile is told afterwards.
    ben.context.set_offline(True)
    expect(ben.locator("#saved")).to_contain_text("Offline")
    ben.get_by_role("button", name="Mute", exact=True).click()
    ben.context.set_offline(False)
    expect(bens_tile).to_contain_text("muted")
    flows(ada, "audio")

    ben.get_by_role("button", name=re.compile("^Leave")).click()
    expect(bens_tile).to_have_count(0)
    expect(ben.get_by_role("button", name="Join the call")).to_be_visible()


def test_two_people_who_hide_their_addresses_talk_by_the_relay_alone(
    met: tuple[Page, Page], relay: Relay
) -> None:
    ada, ben = met
    said = [frames_of(page) for page in met]
    for page in met:
        page.reload()
        hide(page)

    # The server does not answer; then it names no relay.
    servers, none = "**/sessions/*/call/", {"ice_servers": [], "expires_in": 0, "relays": False}
    for answer, words in (
        (lambda route: route.abort(), "the server did not answer"),
        (lambda route: route.fulfill(json=none), "This server has no relay"),
    ):
        ben.route(servers, answer)
        ben.get_by_role("button", name="Call", exact=True).click()
        expect(ben.locator("#call-said")).to_contain_text(words)
        ben.unroute(servers)
    expect(ada.locator("#call")).to_be_hidden()

    ben.get_by_role("button", name="Call", exact=True).click()
    ada.get_by_role("button", name="Join the call").click()
    # The relay does not answer: the page says so and what else there is, and goes on trying.
    for page in met:
        expect(page.locator("#call-said")).to_contain_text("not even by the relay")
        expect(page.locator("#call-said")).to_contain_text("use the chat, or share a link")

    relay.start()
    try:
        for page in met:
            flows(page, "audio")
            assert page.evaluate(WAYS) == [["relay", "relay"]]
            expect(page.locator("#call-said")).to_be_hidden()
        ada.get_by_role("button", name="Turn the camera on").click()
        flows(ben, "video")
        ben.get_by_role("button", name=re.compile("^Leave")).click()
    finally:
        relay.stop()

    frames = "\n".join(frame for some in said for frame in some if '"signal"' in frame)
    candidates = re.findall(r"candidate:[^\"\\]+", frames)
    assert len(candidates) > 3
    for candidate in candidates:
        # Its own end of the way to the relay would be an address too (RFC 8839, section 5.1: raddr).
        assert re.search(r" typ relay raddr 0\.0\.0\.0 rport 0( |$)", candidate), candidate
    assert set(re.findall(r"\b\d+\.\d+\.\d+\.\d+\b", frames)) <= {"0.0.0.0", "127.0.0.1"}
    assert ".local" not in frames
    assert "IP6" not in frames


def test_three_people_of_a_panel_talk_each_with_each(enter: Enter) -> None:
    ada, ben, cleo = pages = enter("ada"), enter("ben"), enter("cleo")
    for page in pages:
        page.add_init_script(f"({KEEP})()")
    open_room(ada, "candidate", panel=True)
    take(ben, part_link(ada, "first"))
    take(cleo, part_link(ada, "second"))
    # Ben may start the clock, so Cleo has to say that she is ready, as Ada has.
    cleo.get_by_role("button", name="I’m ready, and agree").click()
    expect(ben.locator("#lobby-live").get_by_text("not ready yet")).to_have_count(2)
    ben.get_by_role("button", name="Call", exact=True).click()
    for page in (ada, cleo):
        page.get_by_role("button", name="Join the call").click()
    for page in pages:
        flows(page, "audio", people=2)
        expect(page.locator("[data-tile]")).to_have_count(3)

    cleo.get_by_role("button", name=re.compile("^Leave")).click()
    for page in (ada, ben):
        flows(page, "audio")
        expect(page.locator("[data-tile]")).to_have_count(2)
    cleo.get_by_role("button", name="Join the call").click()
    cleo.get_by_role("button", name="Turn the camera on").click()
    for page in pages:
        flows(page, "audio", people=2)
    for page in (ada, ben):
        until(lambda page=page: max(received(page, "video")) > 500, 60, "No picture.")  # type: ignore[misc]
        expect(page.locator("[data-tile]:not(.tile-own) video:visible")).to_have_count(1)


def test_two_people_write_to_each_other_over_a_line_that_breaks(two: tuple[Page, Page]) -> None:
    ada, ben = two
    tab = ben.get_by_role("button", name="Chat", exact=True)
    ada.get_by_role("button", name="Chat", exact=True).click()
    expect(ada.locator("#board")).to_be_visible()  # the chat takes the side's place and no other
    words = ada.get_by_label("Message to everybody in this session")
    words.fill("Is the budget <b>fixed</b>?")
    words.press("Enter")
    expect(tab).to_have_attribute("data-unread", "")
    tab.click()
    expect(tab).not_to_have_attribute("data-unread", "")
    expect(ben.locator("#chat")).to_contain_text("Is the budget <b>fixed</b>?")
    expect(ada.locator("#chat li")).to_have_count(1)
    expect(ada.locator("#chat [data-pending]")).to_have_count(0)

    assert findings(ben) == []

    ada.context.set_offline(True)
    words.fill("I will take 50 ms.")
    words.press("Enter")
    expect(ada.locator("#chat [data-pending]")).to_contain_text("will be sent")
    ada.context.set_offline(False)
    ben.get_by_label("Message to everybody in this session").fill("50 ms it is.\nAt the 99th.")
    ben.get_by_role("button", name="Send").click()
    for page in two:
        expect(page.locator("#chat li")).to_have_count(3)
        expect(page.locator("#chat [data-pending]")).to_have_count(0)
        expect(page.locator("#chat")).to_contain_text("I will take 50 ms.")
        expect(page.locator("#chat")).to_contain_text("At the 99th.")

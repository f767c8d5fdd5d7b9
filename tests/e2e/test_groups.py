"""A panel in three browsers, and a group that somebody without an account is invited to."""

from __future__ import annotations

import re
from email import message_from_bytes

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import ROOT, Product, until
from tests.e2e.room import open_room, part_link, start_clock, take
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser


def test_a_panel_shares_the_steps_and_one_clock(enter: Enter) -> None:
    ada, ben, cleo = enter("ada"), enter("ben"), enter("cleo", width=390, height=844)
    open_room(ada, "candidate", panel=True)
    take(ben, part_link(ada, "first"))
    expect(ben.locator("#lobby-live")).to_contain_text("Waiting for an interviewer")
    take(cleo, part_link(ada, "second"))
    for page in (ada, ben, cleo):
        expect(page.locator("#lobby-live")).to_contain_text("Part A")
        expect(page.locator("#lobby-live")).to_contain_text("Cleo")
    expect(ada.locator("#lobby-live")).to_contain_text("Ben and Cleo")
    assert ben.locator("#lobby-live dl > div").first.inner_text().startswith("Part A")
    start_clock(cleo)
    for page in (ada, ben):
        expect(page.locator("#clock")).to_have_attribute("data-state", "live")
    expect(ben.get_by_text("Pause", exact=True)).to_be_visible()
    expect(ada.locator("#people")).to_contain_text("Ben")
    expect(ada.locator("#people")).to_contain_text("Cleo")
    ada.locator("[data-show-pane=notes]").click()
    expect(ada.locator("#step-clarify .step-title")).to_contain_text("part A")


def mailed(to: str) -> str:
    """The path of the link in the mail to this address, once a worker has sent it."""
    found: list[str] = []

    def there() -> bool:
        for file in (ROOT / ".local" / "mail").glob("*.log"):
            mail = message_from_bytes(file.read_bytes())
            if mail["To"] == to:
                text = mail.get_payload(decode=True)
                assert isinstance(text, bytes)
                found.extend(re.findall(r"/groups/join/[\w-]+/", text.decode()))
        return bool(found)

    until(there, 60, f"No mail to {to} has left.")
    return found[0]


def faults(page: Page) -> list[str]:
    """What axe finds, in light and dark."""
    found: list[str] = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += findings(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    return found


def test_a_mentor_runs_a_group(enter: Enter, product: Product) -> None:
    ben = enter("ben")
    ben.goto("/groups/new/")
    ben.get_by_label("Name").fill("Study <circle>")
    ben.get_by_role("button", name="Make the group").click()
    ben.get_by_role("link", name="Choose cases").click()
    expect(ben.locator("[name=case]").first).to_be_visible()
    for box in ben.locator("[name=case]").all()[:8]:
        box.check()
    ben.get_by_role("button", name="Save").click()
    expect(ben.locator("#cases")).to_contain_text("8")
    group = ben.url
    ben.get_by_role("button", name="Make a link to join").click()
    link = ben.locator("#join-link").input_value()
    ada = enter("ada")
    ada.goto(link)
    ada.get_by_role("button", name="Join the group").click()
    expect(ada.get_by_role("heading", name="Study <circle>")).to_be_visible()

    newcomer = invited(ben, product)
    ben.goto(f"{group}rota/")
    ben.get_by_label("Ben", exact=True).uncheck()
    ben.get_by_label("Weeks").fill("2")
    assert faults(ben) == []
    ben.get_by_role("button", name="Set the rota").click()
    ben.wait_for_url(group)
    expect(ben.get_by_role("heading", name="All interviews")).to_contain_text("4")
    assert faults(ben) == []

    ada.goto("/sessions/")
    assert faults(ada) == []
    ada.get_by_role("button", name="Start").first.click()
    ada.wait_for_url("**/sessions/*-*/")
    newcomer.goto(group)
    newcomer.get_by_role("link", name="Enter").click()
    expect(newcomer.locator("#lobby-live")).to_contain_text("Ada")
    ben.reload()
    expect(ben.get_by_text("In the lobby")).to_be_visible()


def invited(ben: Page, product: Product) -> Page:
    """Somebody without an account, who was written to, in a browser of their own on a phone."""
    address = f"newcomer-{product.port}@example.com"
    ben.get_by_label("By e-mail").fill(address)
    ben.get_by_role("button", name="Send").click()
    expect(ben.locator("#toasts")).to_contain_text(address)
    browser = ben.context.browser
    assert browser
    page = browser.new_context(base_url=product.url, viewport={"width": 390, "height": 844}).new_page()
    page.goto(mailed(address))
    expect(page.get_by_role("heading", name="Ben invites you to a group")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Sign up").last.click()
    expect(page.get_by_label("Email")).to_have_value(address)
    page.get_by_label("Display name").fill("Newcomer")
    page.locator("[name=password1]").fill("a long enough sentence")
    page.locator("[name=password2]").fill("a long enough sentence")
    page.locator("main form button").click()
    page.get_by_role("button", name="Join the group").click()
    page.wait_for_url("**/groups/*-*/")
    assert faults(page) == []
    return page

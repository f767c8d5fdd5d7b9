"""A case is written in the browser: a fault is seen and mended, both halves previewed, it is published and forked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from casebank.checklist import CONTENT
from casebank.schema import onefile, read_case
from tests.e2e.conftest import Enter
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def whole() -> str:
    """A whole case as one file."""
    return onefile.write("my-feed", onefile.parts_of(read_case(CONTENT / "cases" / "news-feed")))


def begin(page: Page) -> None:
    page.goto("/cases/drafts/new/")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/drafts/[0-9a-f-]{36}/$"))


def type_in(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    expect(page.locator("[data-save-state=saved]")).to_be_visible(timeout=20_000)


def test_a_case_is_written_mended_previewed_published_and_forked(enter: Enter, whole: str) -> None:
    ada = enter("ada")
    begin(ada)
    expect(ada.locator("#checked")).to_contain_text("at least 12 items")

    # A fault is named beside the text, and leads to its line.
    type_in(ada, whole.replace("\n    budget_ms:", "\n    budget:"))
    expect(ada.locator("#draft-title")).to_have_text("Ranking a social feed")
    fault = ada.locator(".fault", has_text="reference.latency.budget")
    expect(fault.last).to_contain_text("Is not a known key")
    assert findings(ada) == []
    fault.last.click()
    selected = "t => t.value.slice(t.selectionStart, t.selectionEnd)"
    assert ada.locator("#text").evaluate(selected).startswith("    budget:")
    assert ada.locator(".code-box").evaluate("box => box.scrollTop") > 1_000

    # Mended where it stands, by typing.
    ada.keyboard.insert_text("    budget_ms: 400")
    expect(ada.locator("#checked")).to_contain_text("No faults", timeout=20_000)

    ada.get_by_role("button", name="Preview as candidate").click()
    expect(ada.locator("article")).to_contain_text("Design the ranking of this feed")
    assert "Open the interview" not in ada.content()
    ada.get_by_role("link", name="As interviewer").click()
    expect(ada.locator(".guide")).to_contain_text("Open the interview")
    ada.get_by_role("link", name="Back to the draft").click()

    ada.get_by_role("button", name="Publish a version").click()
    ada.wait_for_url(re.compile(r"/cases/my-feed-\w{8}/$"))
    expect(ada.locator("#toasts")).to_contain_text("Version 1 is published")
    address = ada.url

    # To Cleo it does not exist; Ada forks it with its guide.
    cleo = enter("cleo")
    answer = cleo.goto(address)
    assert answer
    assert answer.status == 404
    ada.get_by_role("button", name="Fork with its guide").click()
    expect(ada.locator("#checked")).to_contain_text("No faults")
    assert "budget_ms: 400" in ada.locator("#text").input_value()

    # Retired, it is gone for her too, until she brings it back.
    ada.goto(address)
    ada.get_by_role("link", name="Retire").click()
    expect(ada.locator("main")).to_contain_text("Nothing is deleted")
    assert findings(ada) == []
    ada.get_by_role("button", name="Retire this case").click()
    ada.wait_for_url(re.compile(r"/cases/drafts/$"))
    assert findings(ada) == []
    answer = cleo.goto(address)
    assert answer
    assert answer.status == 404
    ada.get_by_role("button", name="Bring back Ranking a social feed").click()
    ada.wait_for_url(address)
    expect(ada.locator("h1")).to_have_text("Ranking a social feed")


def test_two_windows_and_a_cut_network_lose_nothing(enter: Enter) -> None:
    ada = enter("ada")
    begin(ada)
    other = ada.context.new_page()
    other.goto(ada.url)
    type_in(other, "slug: theirs")

    ada.locator("#text").fill("slug: mine")
    expect(ada.locator("#checked")).to_contain_text("Both texts are kept", timeout=20_000)
    expect(ada.locator("#text")).to_have_value("slug: mine")
    ada.get_by_role("button", name="Keep mine as another draft").click()
    expect(ada.locator("#text")).to_have_value(re.compile("^slug: mine"))

    ada.context.set_offline(True)
    ada.locator("#text").fill("slug: written-without-a-network")
    expect(ada.locator("#checked")).to_contain_text("Not saved: no connection", timeout=20_000)
    ada.context.set_offline(False)
    expect(ada.locator("[data-save-state=saved]")).to_be_visible(timeout=20_000)
    ada.reload()
    expect(ada.locator("#text")).to_have_value(re.compile("^slug: written-without-a-network"))
    other.reload()
    expect(other.locator("#text")).to_have_value(re.compile("^slug: theirs"))

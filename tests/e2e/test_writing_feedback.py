"""Two people write about each other, sealed: drafts outlive a closed window and a killed server; one reveal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.demo import untold
from tests.e2e.product import Product
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser


@pytest.fixture
def session(product: Product) -> Iterator[str]:
    """The demo interview, scored, which Ada has yet to rate; nobody has written anything."""
    found, _ = untold(product)
    ended = product.sql("SELECT ended_at FROM interviews_session WHERE id = %s", found)[0][0]
    product.sql("UPDATE interviews_session SET ended_at = now() - '1 hour'::interval WHERE id = %s", found)
    yield f"/sessions/{found}"
    product.sql("UPDATE interviews_session SET ended_at = %s WHERE id = %s", ended, found)


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state=saved]").last).to_be_visible(timeout=20_000)


def test_both_write_blind_and_read_together(enter: Enter, product: Product, session: str) -> None:
    ada, ben = enter("ada"), enter("ben", width=390, height=844)

    # She rates herself before she sees a level.
    ada.goto(f"{session}/report/")
    expect(ada.get_by_text("First, how do you think it went?")).to_be_visible()
    expect(ada.locator("#beside, #steps, #verdict")).to_have_count(0)
    for row in ada.locator(".self-step").all():
        row.locator(".self-choice").nth(2).click()
    saved(ada)
    ada.get_by_role("button", name="That is my view").click()
    expect(ada.locator("#beside")).to_be_visible()

    # What is typed outlives the window, and a server that is killed meanwhile.
    ada.get_by_role("link", name="Write your feedback").click()
    ada.get_by_label("One thing to keep").fill("The calm pace.")
    ada.get_by_label("5 I always knew what was asked").check()
    saved(ada)
    again = ada.context.new_page()
    ada.close()
    again.goto(f"{session}/feedback/")
    expect(again.get_by_label("One thing to keep")).to_have_value("The calm pace.")
    product.kill("web")
    again.get_by_label("One thing to change").fill("More silence after a question.")
    product.until_ready()
    saved(again)

    # A second window is told of the first.
    other = again.context.new_page()
    other.goto(f"{session}/feedback/")
    other.get_by_label("One thing to keep").fill("From the second window.")
    saved(other)
    again.get_by_label("One thing to keep").fill("The calm pace, still.")
    expect(again.locator("[data-draft-conflict]")).to_contain_text("From the second window.")
    again.get_by_role("button", name="Keep what is typed here").click()
    expect(again.get_by_label("One thing to keep")).to_have_value("The calm pace, still.")
    saved(again)
    other.close()
    for label in ("5 Every answer got its chance", "3 Some of them helped"):
        again.get_by_label(label).check()
    saved(again)

    # Sent, sealed; then Ben sends too, and both read.
    again.get_by_role("button", name="Send and seal").click()
    again.locator("dialog[open]").get_by_role("button", name="Send and seal").click()
    expect(again.locator("#seal")).to_contain_text("Sent and sealed")
    ben.goto(f"{session}/feedback/")
    expect(ben.locator("main")).not_to_contain_text("The calm pace")
    verdict = ben.locator("#mark-verdict")
    verdict.get_by_role("button", name="Strong hire").click()
    verdict.locator("[name=reason]").fill("Calm, and quick to the point.")
    verdict.get_by_role("button", name="Save").click()
    expect(verdict.locator("[aria-pressed=true]")).to_contain_text("Strong hire")
    ben.get_by_label("One strength").fill("Derived the rate aloud.")
    ben.get_by_label("Another strength").fill("Drew the loop early.")
    ben.get_by_label("One thing to change").fill("Name the trade-off first.")
    saved(ben)
    ben.get_by_role("button", name="Send and seal").click()
    ben.locator("dialog[open]").get_by_role("button", name="Send and seal").click()
    expect(ben.locator("#feedback")).to_contain_text("The calm pace, still.")
    again.wait_for_url("**/report/#feedback", timeout=20_000)  # by itself
    expect(again.locator("#feedback")).to_contain_text("Name the trade-off first.")
    for page in (again, ben):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert findings(page) == []


def test_after_two_days_what_was_sent_is_shown(enter: Enter, product: Product, session: str) -> None:
    ada = enter("ada")
    ada.goto(f"{session}/feedback/")
    assert findings(ada) == []
    ada.get_by_role("button", name="Skip, show me the sheets").click()
    for label in ("5 I always knew what was asked", "5 Every answer got its chance", "3 Some of them helped"):
        ada.get_by_label(label).check()
    ada.get_by_label("One thing to keep").fill("The pace.")
    ada.get_by_role("button", name="Send and seal").click()
    ada.locator("dialog[open]").get_by_role("button", name="Send and seal").click()
    expect(ada.locator(".feedback")).to_contain_text("Write a sentence or two.")
    ada.get_by_label("One thing to change").fill("More silence.")
    ada.get_by_role("button", name="Send and seal").click()
    ada.locator("dialog[open]").get_by_role("button", name="Send and seal").click()
    expect(ada.locator("#seal")).to_contain_text("Sent and sealed")
    product.sql("UPDATE interviews_session SET ended_at = now() - '49 hours'::interval WHERE state = 'ended'")
    ben = enter("ben")
    ben.goto(f"{session}/report/")
    expect(ben.locator("#feedback")).to_contain_text("More silence.")
    ada.goto(f"{session}/report/")
    expect(ada.locator("#feedback")).to_contain_text("Not written.")

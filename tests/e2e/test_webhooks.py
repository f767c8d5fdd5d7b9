"""Ada adds a webhook, the running product's worker sends it a test message, and she reads what was answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product, until
from tests.e2e.test_accessibility import findings
from tests.interviews.judging import stub

pytestmark = pytest.mark.browser


def fits(page: Page) -> bool:
    """Axe finds nothing, and nothing is wider than the window."""
    assert findings(page) == []
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return width <= 0


def test_a_webhook_from_its_secret_to_its_end(enter: Enter, product: Product) -> None:
    page = enter("ada", width=390, height=844)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto("/profile/")
    page.get_by_role("link", name="Webhooks").click()
    page.get_by_label("Address").fill("https://10.0.0.1/hook")
    page.get_by_label("Address").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not one of the public internet")
    assert fits(page)

    with stub.serving(stub.answers(500, b"We are <b>not</b> well.")) as receiver:
        page.get_by_label("Address").fill(f"{receiver.url}/two-loops")
        page.get_by_label("Score ready").uncheck()
        page.get_by_role("button", name="Add the webhook").click()
        expect(page.get_by_role("status")).to_contain_text("whsec_")
        assert fits(page)

        page.get_by_role("button", name="Send a test message").click()
        until(lambda: receiver.bodies, 60, product.log)
        answered = "SELECT 1 FROM interviews_webhookdelivery WHERE status = 500"
        until(lambda: product.sql(answered), 60, product.log)
        page.reload()
        expect(page.get_by_text("It answered 500.")).to_be_visible()
        page.get_by_text("What was sent, and the answer").click()
        expect(page.get_by_text("We are <b>not</b> well.")).to_be_visible()
        assert fits(page)

    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Send a test message")).to_have_count(0)
    expect(page.get_by_text("Paused since")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="All webhooks").click()
    expect(page.get_by_text("paused", exact=True)).to_be_visible()
    assert fits(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.get_by_role("link", name="/two-loops").click()
    assert fits(page)
    page.get_by_role("button", name="Delete the webhook").click()
    expect(page.get_by_text("The webhook is gone")).to_be_visible()
    assert product.sql("SELECT 1 FROM interviews_webhookdelivery") == []

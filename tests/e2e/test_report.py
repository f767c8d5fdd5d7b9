"""A report on a phone: a way around that stays at hand, folds by step, and links that lead into them."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Enter
from tests.e2e.demo import told
from tests.e2e.product import Product

pytestmark = pytest.mark.browser
SHUT = "document.querySelectorAll('details[data-fold]:not([open])').length"
QUOTED = "document.querySelector('.note-shown mark[id]').id"


@pytest.fixture
def address(product: Product) -> str:
    """Of a report that stays as it is, whatever other tests do."""
    return f"/sessions/{told(product)}/report/"


@pytest.fixture
def phone(enter: Enter, address: str) -> Page:
    page = enter("ada", width=390, height=844)
    page.goto(address)
    expect(page.locator("#step-clarify")).not_to_have_attribute("open", "")
    return page


def test_on_a_phone_long_lists_are_shut_and_the_way_around_stays_at_hand(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    phone.get_by_role("navigation", name="On this page").get_by_text("As handed in").click()
    strip = phone.locator(".report-contents").bounding_box()
    heading = phone.locator("#submission").bounding_box()
    assert strip is not None
    assert heading is not None
    assert strip["y"] == 0
    assert heading["y"] >= strip["height"]


def test_a_link_into_a_fold_opens_it(phone: Page, address: str) -> None:
    phone.locator("#verdict ~ * a, .beside a").first.click()
    expect(phone.locator("#step-clarify")).to_have_attribute("open", "")
    phone.locator("#step-clarify .quote a[href*='#quote-']").first.click()
    expect(phone.locator("#fold-clarify")).to_have_attribute("open", "")
    quoted = phone.evaluate(QUOTED)
    phone.goto("/")
    phone.goto(f"{address}#{quoted}")
    expect(phone.locator(f"#{quoted}")).to_be_in_viewport()
    expect(phone.locator("#step-clarify")).not_to_have_attribute("open", "")


def test_on_paper_and_on_a_wide_page_all_of_it_stands(phone: Page) -> None:
    shut = phone.evaluate(SHUT)
    assert shut > 10
    quote = phone.locator("#step-clarify q").first.text_content() or ""
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(phone.pdf())).pages)
    assert " ".join(quote.split()) in " ".join(said.split())
    assert phone.evaluate(SHUT) == shut
    phone.set_viewport_size({"width": 1440, "height": 900})
    phone.wait_for_function(f"{SHUT} === 0")


def test_without_a_script_it_is_open_and_folds_by_hand(enter: Enter, address: str) -> None:
    page = enter("ada", width=390, height=844)
    browser = page.context.browser
    assert browser is not None
    bare = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
        storage_state=page.context.storage_state(),
    ).new_page()
    bare.goto(page.url.rstrip("/") + address)
    step = bare.locator("#step-clarify")
    expect(step.locator("q").first).to_be_visible()
    step.locator("summary").click()
    expect(step.locator("q").first).to_be_hidden()
    bare.context.close()

"""Looking for a case, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product

pytestmark = pytest.mark.browser


@pytest.fixture
def long_list(product: Product) -> Iterator[None]:
    """Thirty cases more than the project's own, for as long as a test needs them."""
    product.sql(
        "INSERT INTO casebank_case (slug, created_at) SELECT 'twin-' || n, now() FROM generate_series(10, 39) n"
    )
    product.sql(
        "INSERT INTO casebank_caseversion (case_id, number, content_hash, title, summary, prompt, level, kind, tags,"
        " minutes, published_at) SELECT id, 1, '', 'Twin ' || slug, 'One of many.', 'Design it.', 'mid', 'ranking',"
        " '[\"twins\"]', 45, now() FROM casebank_case WHERE slug LIKE 'twin-%%'"
    )
    yield
    product.sql(
        "DELETE FROM casebank_caseversion WHERE case_id IN (SELECT id FROM casebank_case WHERE slug LIKE 'twin-%%')"
    )
    product.sql("DELETE FROM casebank_case WHERE slug LIKE 'twin-%%'")


def test_the_list_follows_what_is_typed_and_chosen(enter: Enter) -> None:
    page = enter("ada")
    page.goto("/cases/")
    search = page.get_by_role("searchbox")
    search.press_sequentially("recommenda")
    expect(page.locator("#cases h2").first).to_have_text(re.compile("[Rr]ecommend"))
    expect(page).to_have_url(re.compile(r"/cases/\?words=recommenda$"))
    expect(search).to_be_focused()
    page.get_by_role("combobox", name="Level").press("m")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"^\s*1\s+case\s"))
    expect(page.get_by_role("combobox", name="Level")).to_be_focused()
    expect(page.get_by_role("combobox", name="Level").locator("option:checked")).to_have_text("Mid (1)")
    page.get_by_role("link", name="Recommending local events").click()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("recommenda")
    expect(page.get_by_role("link", name="Recommending local events")).to_be_visible()


def test_a_tag_leads_to_its_cases(enter: Enter) -> None:
    page = enter("ada")
    page.goto("/cases/?words=visual+search")
    page.get_by_role("link", name="Cases tagged images").first.click()
    expect(page).to_have_url(re.compile(r"/cases/\?tag=images$"))
    expect(page.get_by_role("link", name="Visual search", exact=True)).to_be_visible()


@pytest.mark.usefixtures("long_list")
def test_more_cases_come_below_and_the_first_of_them_is_focused(enter: Enter) -> None:
    page = enter("ada")
    page.goto("/cases/?tag=twins")
    expect(page.locator("#cases h2")).to_have_count(24)
    page.get_by_role("link", name="More cases").click()
    expect(page.locator("#cases h2")).to_have_count(30)
    expect(page.locator("#cases h2 a").nth(24)).to_be_focused()
    expect(page.get_by_role("link", name="More cases")).to_have_count(0)

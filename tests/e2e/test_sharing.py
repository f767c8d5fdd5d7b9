"""Ada makes a link to a report, somebody without an account opens it, and she takes it back; and she keeps the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser


@pytest.fixture
def page(enter: Enter, product: Product) -> Page:
    """Ada's report, on which she has said what she thinks of herself."""
    page = enter("ada")
    shown = product.sql(
        "SELECT b.session_id FROM interviews_submission b JOIN interviews_seat s ON s.session_id = b.session_id "
        "JOIN accounts_user u ON u.id = s.user_id JOIN interviews_selfrating r ON r.seat_id = s.id "
        "WHERE s.role = 'candidate' AND u.email = 'ada@example.com' ORDER BY b.id LIMIT 1"
    )[0][0]
    page.goto(f"/sessions/{shown}/report/")
    return page


def test_a_link_is_made_opened_and_taken_back(
    page: Page, chromium: Browser, product: Product, tmp_path: Path
) -> None:
    page.get_by_role("link", name="Share or export").click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="PDF", exact=True).click()
    kept.value.save_as(tmp_path / "report.pdf")
    assert "As handed in" in "".join(one.extract_text() for one in PdfReader(tmp_path / "report.pdf").pages)
    page.get_by_role("checkbox", name="Notes").check()
    page.get_by_role("radio", name="1 day").check()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Your link is ready").input_value()
    assert findings(page) == []
    page.reload()  # which sends no form again
    expect(page.get_by_label("Your link is ready")).to_have_count(0)
    expect(page.get_by_role("button", name="Revoke")).to_have_count(1)

    # Somebody without an account, on a phone in the dark.
    stranger = chromium.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", reduced_motion="reduce"
    )
    seen = stranger.new_page()
    seen.goto(link)
    expect(seen.get_by_role("heading", name="Notes")).to_be_visible()
    expect(seen.get_by_role("main")).not_to_contain_text("Ada")
    expect(seen.get_by_role("main")).not_to_contain_text("Ben")
    assert findings(seen) == []
    assert seen.evaluate("document.documentElement.scrollWidth") == 390
    assert stranger.cookies() == []

    page.reload()
    expect(page.get_by_text("opened 1 time")).to_be_visible()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Revoked", exact=True)).to_be_visible()
    seen.reload()
    expect(seen.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    assert findings(seen) == []
    stranger.close()

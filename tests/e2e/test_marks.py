"""Ben marks Ada's sheet: by keyboard, without script, and on a phone. What he sends is in test_feedback.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.demo import untold
from tests.e2e.product import Product
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser


@pytest.fixture
def report(product: Product) -> str:
    """The demo interview's report: Ada's design, Ben's interview, nothing marked, his sheet sealed."""
    session, _ = untold(product)
    product.sql(
        "INSERT INTO interviews_privateevent (session_id, seat_id, kind, data, at) "
        "SELECT session_id, id, 'marks_sealed', '{}', now() FROM interviews_seat "
        "WHERE role = 'interviewer' AND session_id = %s",
        session,
    )
    return f"/sessions/{session}/report/"


def marks(product: Product, report: str) -> int:
    session = report.split("/")[2]
    return int(product.sql("SELECT count(*) FROM interviews_mark WHERE session_id = %s", session)[0][0])


def test_keys_mark_one_point_after_the_other(enter: Enter, product: Product, report: str) -> None:
    page = enter("ben")
    page.goto(f"{report}marks/")
    first, second = page.locator("[data-mark-row]").nth(0), page.locator("[data-mark-row]").nth(1)
    first.locator("[data-automatic]").focus()
    level = first.locator("[data-automatic]").get_attribute("value")
    assert level is not None
    page.keyboard.press(level)
    expect(first).to_contain_text("You confirmed")
    expect(second.locator("[data-automatic]")).to_be_focused()
    other = "3" if second.locator("[data-automatic]").get_attribute("value") != "3" else "0"
    page.keyboard.press(other)
    expect(second.locator("[name=reason]")).to_be_focused()
    page.keyboard.type("3 of the 4 are there")
    page.keyboard.press("Enter")
    expect(second).to_contain_text("You say")
    expect(page.locator("#marks-count")).to_contain_text("2 of 50 points marked")
    expect(page.locator("[data-mark-row]").nth(2).locator("[data-automatic]")).to_be_focused()
    page.keyboard.press("k")
    expect(second.locator("[aria-pressed=true]")).to_be_focused()
    assert marks(product, report) == 2


def test_leaving_a_reason_out_leaves_the_point_as_it_was(enter: Enter, product: Product, report: str) -> None:
    page = enter("ben")
    page.goto(f"{report}marks/")
    row = page.locator("[data-mark-row]").first
    row.locator(".mark-choice:not([data-automatic])").first.click()
    row.get_by_role("link", name="Leave it").click()
    expect(row.locator("[data-automatic]")).to_be_visible()
    expect(row.locator("[aria-pressed=true]")).to_have_count(0)
    assert marks(product, report) == 0


def without_script(page: Page, product: Product, path: Path) -> Page:
    """The same person in a browser that runs no script."""
    state = path / "state.json"
    page.context.storage_state(path=state)
    browser = page.context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False, storage_state=state, base_url=product.url)
    return plain.new_page()


def test_without_script_the_forms_do_the_same(
    enter: Enter, product: Product, report: str, tmp_path: Path
) -> None:
    page = without_script(enter("ben"), product, tmp_path)
    page.goto(f"{report}marks/")
    page.locator("#step-frame").get_by_role("button", name="Confirm all").click()
    assert marks(product, report) == 5
    row = page.locator("#mark-clarify-goal")
    row.locator(".mark-choice:not([data-automatic])").first.click()
    row.locator("[name=reason]").fill("Only hinted at.")
    row.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("Only hinted at.")
    assert page.url.endswith("#mark-clarify-goal")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(enter: Enter, product: Product, report: str, scheme: str, width: int) -> None:
    page = enter("ben", width=width, height=844)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(f"{report}marks/")
    page.locator("[data-mark-row] [data-automatic]").first.click()
    expect(page.locator("#marks-count")).to_contain_text("1 of 50")
    page.locator("[data-mark-row]").nth(1).locator(".mark-choice:not([data-automatic])").first.click()
    expect(page.locator("[data-asks]")).to_have_count(1)
    found = findings(page)
    for path in (report, "/sessions/agreement/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found += findings(page)
    assert found == []

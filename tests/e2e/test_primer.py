"""The primer in a browser: found by any of its names, and readable on a phone."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Enter

pytestmark = pytest.mark.browser


def test_a_card_is_found_by_another_name(enter: Enter) -> None:
    page = enter("cleo")
    page.goto("/primer/")
    page.get_by_role("searchbox").fill("hnsw")
    assert page.locator("#cards a:visible").all_inner_texts()[0].startswith("Nearest-neighbour indexes")
    assert page.locator("#cards a:visible").count() == page.locator("#cards h2:visible").count() == 1
    assert not page.locator(".primer-nothing").is_visible()


def test_words_that_no_card_has_are_answered(enter: Enter) -> None:
    page = enter("cleo")
    page.goto("/primer/")
    page.get_by_role("searchbox").fill("marmalade")
    assert page.locator("#cards a:visible").count() == 0
    assert page.locator(".primer-nothing").is_visible()
    page.get_by_role("searchbox").fill("")
    assert page.locator("#cards a:visible").count() == page.locator("#cards a").count() >= 42


def test_a_card_fits_a_phone(enter: Enter) -> None:
    page = enter("cleo", width=390, height=844)
    page.goto("/primer/agents-and-tools/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.goto("/primer/two-tower/")
    assert page.get_by_role("img", name="Query tower and item tower").is_visible()

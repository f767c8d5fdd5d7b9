"""The primer in a browser: found by any of its names, and readable on a phone."""

from __future__ import annotations

import re

import pytest

from tests.e2e.conftest import Enter
from tests.e2e.room import invite_link, open_room, start_clock

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


def test_the_interviewers_search_looks_in_the_guide_and_not_in_its_links(enter: Enter) -> None:
    ada, ben = enter("ada"), enter("ben")
    open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    ben.locator('[data-show-pane="console"]').click()
    ben.locator('#console [data-part="guide"]').click()
    ben.locator("#guide input[type=search]").fill("imbalance")
    found = ben.locator("#guide-entries [data-entry]:not([hidden])")
    said = found.evaluate_all(
        "all => all.map(one => [...one.querySelectorAll(':scope > :not([data-unsearched])')]"
        ".map(part => part.textContent).join(' ').toLowerCase())"
    )
    assert said
    assert all("imbalance" in words for words in said)
    assert ada.locator("a[href^='/primer/']").count() == 0

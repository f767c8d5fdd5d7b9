"""Ada says when she is free, Ben books her, and both land in one room; each reads the time by their own clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.product import Product, until
from tests.e2e.room import session_id

pytestmark = pytest.mark.browser
ZONES = {"ada": "Europe/Berlin", "ben": "America/New_York"}


@pytest.fixture
def zones(product: Product) -> Iterator[None]:
    """Ada lives in Berlin and Ben in New York, as their profiles say."""
    for name, zone in ZONES.items():
        product.sql("UPDATE accounts_user SET timezone = %s WHERE email = %s", zone, f"{name}@example.com")
    yield
    product.sql("UPDATE accounts_user SET timezone = 'UTC'")
    # Nobody comes to this session; that is held against no later test.
    product.sql("UPDATE interviews_session SET agreed_start = NULL")
    for table in ("booking", "weekly", "listing"):
        product.sql(f"TRUNCATE interviews_{table} CASCADE")


def test_two_people_agree_on_a_time_and_meet(
    product: Product, enter: Callable[..., Page], zones: None
) -> None:
    ada, ben = enter("ada", timezone_id="Europe/Berlin"), enter("ben", timezone_id="America/New_York")

    # Ada: every day from six to eight in the evening, in Berlin.
    ada.goto("/calendar/")
    for weekday in ("1", "4"):
        ada.locator("[name=weekday]").select_option(weekday)
        form = ada.get_by_role("form", name="Weekly hours")
        form.locator("[name=begins]").fill("18:00")
        form.locator("[name=ends]").fill("20:00")
        form.get_by_role("button", name="Add").click()
        day = "Tue" if weekday == "1" else "Fri"
        expect(ada.locator(".week")).to_contain_text(day, timeout=20_000)
    ada.get_by_label("Who books me may swap roles at half time").check()
    ada.get_by_role("button", name="Let others find me").click()
    expect(ada.locator("#availability")).to_contain_text("You are found", timeout=20_000)

    # What overlaps is refused, and what was typed stays.
    ada.locator("[name=weekday]").select_option("1")
    ada.get_by_role("form", name="Weekly hours").locator("[name=begins]").fill("19:00")
    ada.get_by_role("form", name="Weekly hours").get_by_role("button", name="Add").click()
    expect(ada.get_by_role("alert")).to_contain_text("overlaps with Tuesday 18:00–20:00", timeout=20_000)

    # Ben takes the first of them, and the roles are to swap.
    ben.goto("/calendar/")
    ben.locator(".offers a.btn").first.click()
    ben.get_by_label("Swap roles at half time").check()
    ben.get_by_role("button", name="Book this time").click()
    ben.wait_for_url("**/calendar/bookings/**")
    ada.goto("/calendar/")
    ada.get_by_role("link", name="With Ben").click()
    ada.wait_for_url("**/calendar/bookings/**")
    assert _instant(ada) == _instant(ben)
    local = {
        name: _instant(page).astimezone(ZoneInfo(ZONES[name])) for name, page in (("ada", ada), ("ben", ben))
    }
    for name, page in (("ada", ada), ("ben", ben)):
        expect(page.locator("#booking-time")).to_have_text(
            f"{local[name]:%A, {local[name].day} %B %Y, %H:%M}"
        )
    assert local["ada"].hour in (18, 19)  # the first that is not too soon

    # Both have it by mail; the time comes.
    until(
        lambda: product.sql("SELECT count(*) FROM interviews_outgoingmail WHERE state = 'sent'")[0][0] >= 2,
        60,
        "The appointments did not leave.",
    )
    for table in ("booking", "bookingseat"):
        product.sql(
            f"UPDATE interviews_{table} SET ends_at = now() + '55 min'::interval, "
            "starts_at = now() + '10 min'::interval WHERE starts_at IS NOT NULL"
        )
    rooms = set()
    for page in (ada, ben):
        page.reload()
        page.locator("main").get_by_text("Enter the room").click()
        page.wait_for_url("**/sessions/*-*/**")
        rooms.add(session_id(page))
    (room,) = rooms
    assert product.sql("SELECT swap FROM interviews_session WHERE id = %s", room) == [("half",)]
    roles = product.sql("SELECT role FROM interviews_seat WHERE session_id = %s ORDER BY role", room)
    assert [role for (role,) in roles] == ["candidate", "interviewer"]


def _instant(page: Page) -> datetime:
    at = page.locator("#booking-time").get_attribute("datetime")
    assert at
    return datetime.fromisoformat(at).astimezone(UTC)

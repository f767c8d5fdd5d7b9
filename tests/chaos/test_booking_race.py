"""Two people race for one slot: one wins, the other gets a clear answer, and Postgres agrees.

A hundred rounds; `RACE_ROUNDS=1000` for the thousand, which takes a minute or so.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection

from interviews.actions import availability, bookings
from interviews.errors import Refused
from interviews.models import Booking, BookingSeat, Listing, OutgoingMail
from mlsd_site.accounts.models import User
from tests.interviews.appointments import NOW, PLAN

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]
ROUNDS = int(os.environ.get("RACE_ROUNDS", "100"))


@pytest.mark.asvs("2.3.4")
def test_of_two_who_take_one_slot_one_wins(
    ada: User, ben: User, cleo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ben and Cleo take Ada's one free time in the same instant, over and over."""
    monkeypatch.setattr(bookings, "TO_ONE", replace(bookings.TO_ONE, most=ROUNDS))
    listing = availability.list_me(by=ada, wanted="either", language="en", now=NOW)
    start = NOW + timedelta(days=1)
    together = threading.Barrier(2)
    availability.add_slot(by=ada, starts_at=start, ends_at=start + timedelta(minutes=45), now=NOW)
    wins: dict[str, int] = {}
    with ThreadPoolExecutor(2) as pool:
        try:
            for _ in range(ROUNDS):
                racers = [pool.submit(_race, together, user, listing, start) for user in (ben, cleo)]
                won, lost = sorted((r.result() for r in racers), key=lambda said: said.startswith("no"))
                assert won.startswith("yes ")
                assert lost == "no time_gone 409"
                assert Booking.objects.count() == 1
                assert BookingSeat.objects.filter(user=ada, holds=True, starts_at=start).count() == 1
                assert OutgoingMail.objects.count() == 2
                wins[won] = wins.get(won, 0) + 1
                Booking.objects.all().delete()
                OutgoingMail.objects.all().delete()
        finally:
            list(pool.map(_leave, [together] * 2))
    # A race that one of them always wins would be no race.
    assert set(wins) == {"yes Ben", "yes Cleo"}


def _leave(together: threading.Barrier) -> None:
    """Each thread closes its own connection: the barrier keeps one from doing it for both."""
    together.wait()
    connection.close()


def _race(together: threading.Barrier, user: User, listing: Listing, start: datetime) -> str:
    together.wait()
    try:
        bookings.take(by=user, listing=listing, role="interviewer", start=start, now=NOW, **PLAN)
    except Refused as refusal:
        return f"no {refusal.code} {refusal.status}"
    return f"yes {user.display_name}"

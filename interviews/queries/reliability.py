"""How reliably a person comes to what they agreed to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from interviews.models import Attendance, Seat
from interviews.rules import reliability as rules


class Reliability(NamedTuple):
    """Came to `kept` of `total` agreed sessions."""

    kept: int
    total: int


def history_of(user_id: int) -> list[rules.Appearance]:
    """All that this person had agreed to, the oldest first. Who was late, but held the interview after all, came."""
    return _histories([user_id])[user_id]


def paused_among(people: Collection[int], now: datetime) -> set[int]:
    """Those of these people (ids) who can neither be matched nor booked now, in one query."""
    return {user for user, history in _histories(people).items() if rules.paused_until(history, now)}


def _histories(people: Collection[int]) -> dict[int, list[rules.Appearance]]:
    held = Seat.objects.filter(
        session=OuterRef("session"),
        user=OuterRef("user"),
        left_at=None,
        came_at__isnull=False,
        session__started_at__isnull=False,
    )
    found = Attendance.objects.filter(user__in=people).annotate(
        really=Case(When(Q(came=True) | Exists(held), then=Value(True)), default=Value(False))
    )
    histories: dict[int, list[rules.Appearance]] = {user: [] for user in people}
    rows = found.order_by("agreed_start", "pk").values_list("user_id", "agreed_start", "really")
    for user, at, came in rows:
        histories[user].append(rules.Appearance(at, came))
    return histories


def reliability_of(user_id: int) -> Reliability:
    """How many agreed sessions this person came to, of how many."""
    return Reliability(*rules.tally(history_of(user_id)))


def paused_until(user_id: int, now: datetime) -> datetime | None:
    """Until when this person can neither be matched nor booked (rules.reliability); None where they can."""
    return rules.paused_until(history_of(user_id), now)

"""Who came to what had been agreed, and what follows from not coming."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# How long after the agreed start one waits for the other.
GRACE = timedelta(minutes=10)
# Who opens the room this long before the agreed start has come, if they come no more.
EARLY = timedelta(minutes=15)
IN_A_ROW = 2
PAUSE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Appearance:
    """One agreed start, and whether this person came."""

    at: datetime
    came: bool


def counts_as_coming(agreed_start: datetime | None, now: datetime) -> bool:
    """Whether having the room open now is coming to the session: not days before, to have a look at it."""
    return agreed_start is None or now >= agreed_start - EARLY


def grace_ends(agreed_start: datetime) -> datetime:
    """From when on who has not come is not waited for."""
    return agreed_start + GRACE


def tally(history: Iterable[Appearance]) -> tuple[int, int]:
    """How many they came to, of how many."""
    came = [one.came for one in history]
    return sum(came), len(came)


def paused_until(history: Iterable[Appearance], now: datetime) -> datetime | None:
    """Until when this person can neither be matched nor booked, because they did not come to the last two; None where
    they can. The week counts from when the second was given up."""
    last = sorted(history, key=lambda one: one.at)[-IN_A_ROW:]
    if len(last) < IN_A_ROW or any(one.came for one in last):
        return None
    until = grace_ends(last[-1].at) + PAUSE
    return until if now < until else None

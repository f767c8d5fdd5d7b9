"""When a point of the checklist is to be practised again: spaced review.

What was shown is asked again after ever longer gaps, what was not comes back at once. The ladder of gaps with a fall
to its foot is S. Leitner's card box ("So lernt man lernen", 1972); that a gap which was bridged is followed by a
multiple of itself is P. A. Woźniak's SM-2 (1990). That spaced practice is kept better than massed practice is a firm
finding on learning (N. J. Cepeda et al., "Distributed practice in verbal recall tasks", Psychological Bulletin 132(3),
2006). The gaps themselves are this project's choice, not a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

GAPS = (1, 3, 7, 14)
# A level from which a point was shown well: applied.
WELL = 2
# How many of the last looks the mean is of.
RECENT = 5


@dataclass(frozen=True, slots=True)
class Look:
    """The level, 0-3, that a point was given in one session."""

    at: datetime
    level: int


@dataclass(frozen=True, slots=True)
class Review:
    """Where a point stands: the gap in days that it has come to, when it is due, its last look, and the mean level of
    the last RECENT."""

    gap: int
    due_at: datetime
    last: Look
    mean: float

    def is_due(self, now: datetime) -> bool:
        return self.due_at <= now


def longer(gap: int) -> int:
    """The gap, in days, after one that was bridged."""
    return next((one for one in GAPS if one > gap), 2 * gap)


def review(looks: Sequence[Look]) -> Review | None:
    """What these looks, in any order, come to; None without any.

    A point begins at the first gap. Shown well when it was due, it goes on to the next; shown well before that, nothing
    is known of the gap yet, and both gap and due time stay. Whenever it was weak it is due in a day.
    """
    held = sorted(looks, key=lambda one: one.at)
    if not held:
        return None
    gap, due_at = GAPS[0], held[0].at
    for look in held:
        if look.level < WELL:
            gap = GAPS[0]
        elif look.at >= due_at:
            gap = longer(gap)
        else:
            continue
        due_at = look.at + timedelta(days=gap)
    recent = [one.level for one in held[-RECENT:]]
    return Review(gap, due_at, held[-1], sum(recent) / len(recent))


def choose(reviews: Mapping[str, Review], *, now: datetime, count: int) -> tuple[str, ...]:
    """The points to work on: those that are due first, of these the weakest (the last level, then the mean), of equals
    those that have waited longest. Of what is not due, what will be first."""

    def order(item: str) -> tuple[bool, float, float, datetime]:
        one = reviews[item]
        if one.is_due(now):
            return False, one.last.level, one.mean, one.due_at
        return True, one.due_at.timestamp(), one.mean, one.due_at

    return tuple(sorted(reviews, key=order)[:count])

"""A second rating, blind: who may rate, for how long a rating is held, and what two raters then talk about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

# Who has taken a session and not sealed by then holds up nobody else.
LAPSES = timedelta(days=3)
# So many one holds at a time.
HELD = 2
# Two levels or more: raters talk about such a point.
GAP = 2
# In a discussion each says so much to a point, and closes it.
MESSAGES = 3
LONGEST = 500
# Ways of knowing a case (SeenCase.How, and "author") by which one holds its guide.
GUIDE = frozenset({"guide", "interviewer", "author"})


def may_rate(ways: Collection[str], *, awaits_it: bool) -> bool:
    """Whether somebody who knows a case in these ways may rate a session on it: with its guide in hand, and not while
    they are about to be asked it themselves."""
    return bool(GUIDE & set(ways)) and not awaits_it


def has_lapsed(taken_at: datetime, now: datetime) -> bool:
    """Whether others may take what was taken then and is not sealed."""
    return now >= taken_at + LAPSES


def gaps(one: Mapping[str, int], other: Mapping[str, int]) -> list[str]:
    """The items to which both give a level, and levels at least GAP apart; in the order of the first."""
    return [item for item, level in one.items() if item in other and abs(level - other[item]) >= GAP]


def left_to_say(said: int, *, has_closed: bool) -> int:
    """How many messages one may still write to a point."""
    return 0 if has_closed else max(MESSAGES - said, 0)

"""When somebody is free, as spans in UTC.

A weekly rule says hours by the wall clock in a person's own zone: they are free at every instant at which that clock
shows a time within the rule. So "Tuesdays 18:00 to 20:00" stays at 18:00 whatever the clocks do; hours that a change
skips are not there, and hours that it repeats count both times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 1440
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_RULES, MOST_SLOTS = 40, 100
# Shorter ones hold no interview (slots.LENGTHS).
SHORTEST = timedelta(minutes=45)
TOO_SHORT = "Less than 45 minutes holds no interview."
# A zone changes its offset at most once in so long.
_STRIDE = timedelta(hours=12)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `begins` to `ends`, both in UTC, the end not included."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """Free every week: `weekday` 0 is Monday, `begins` and `ends` are minutes of that day (1440 ends it)."""

    weekday: int
    begins: int
    ends: int

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {clock(self.begins)}–{clock(self.ends)}"


def clock(minute: int) -> str:
    """A minute of the day as a wall clock shows it; the midnight that ends a day is 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def objection(new: Hours, others: Iterable[Hours]) -> str | None:
    """Why this rule cannot stand beside the others, in a sentence; None if it can."""
    if not (0 <= new.weekday <= 6 and 0 <= new.begins < DAY and 0 < new.ends <= DAY):
        return "Give a day of the week and two times of day."
    if new.ends <= new.begins:
        return "The end must be later on the same day; add a second rule for what lies after midnight."
    if new.ends - new.begins < SHORTEST // timedelta(minutes=1):
        return TOO_SHORT
    others = list(others)
    for old in others:
        if old.weekday == new.weekday and old.begins < new.ends and new.begins < old.ends:
            return f"This overlaps with {old}, which you have already. Remove that one first, or choose other hours."
    if len(others) >= MOST_RULES:
        return f"You have {MOST_RULES} weekly rules; remove one first."
    return None


def expand(rules: Iterable[Hours], *, zone: ZoneInfo, since: datetime, until: datetime) -> list[Span]:
    """The spans of these rules within [since, until), in order, none touching another."""
    rules = list(rules)
    found = []
    for stretch, offset in _offsets(zone, since, until):
        day = (stretch.begins + offset).date() - timedelta(days=1)
        while day <= (stretch.ends + offset).date():
            for rule in rules:
                if rule.weekday == day.weekday():
                    midnight = datetime.combine(day, time(), UTC) - offset
                    begins = max(midnight + timedelta(minutes=rule.begins), stretch.begins)
                    ends = min(midnight + timedelta(minutes=rule.ends), stretch.ends)
                    if begins < ends:
                        found.append(Span(begins, ends))
            day += timedelta(days=1)
    return union(found)


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as it takes, in order."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.begins <= whole[-1].ends:
            whole[-1] = Span(whole[-1].begins, max(whole[-1].ends, span.ends))
        else:
            whole.append(span)
    return whole


def from_wall(day: date, minute: int, zone: ZoneInfo) -> datetime | None:
    """The instant at which the wall clock of `zone` shows this minute of the day, in UTC: the first one where a change
    of the clocks repeats it, None where it skips it."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return at if at.astimezone(zone).replace(tzinfo=None) == wall else None


def _offsets(zone: ZoneInfo, since: datetime, until: datetime) -> Sequence[tuple[Span, timedelta]]:
    """[since, until) cut where the zone changes its offset, with the offset that holds in each piece."""

    def offset(at: datetime) -> timedelta:
        return at.astimezone(zone).utcoffset() or timedelta()

    pieces, begins, at = [], since, since
    while at < until:
        following = min(at + _STRIDE, until)
        if offset(at) != offset(following):
            low, high = at, following
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if offset(middle) == offset(at) else (low, middle)
            change = high.replace(microsecond=0)
            pieces.append((Span(begins, change), offset(at)))
            begins = change
        at = following
    pieces.append((Span(begins, until), offset(until)))
    return pieces

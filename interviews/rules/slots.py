"""At which times two people could begin, and which times may be proposed at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from interviews.rules.availability import Span, union

STEP = timedelta(minutes=15)
# None is shorter than the interview that the room then holds.
LENGTHS = (45, 60, 90, 120)
# A time that is taken at once, and one that is proposed, lie at least so far ahead, and at most so far.
NOTICE = timedelta(minutes=30)
HORIZON = timedelta(days=60)
# Who cancels later than this before the start cancels late.
LATE = timedelta(hours=12)
# From then on the booking opens its room.
DOORS = timedelta(minutes=15)


def minus(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of `spans` without the time that is taken."""
    left = union(spans)
    for hole in taken:
        pieces = []
        for span in left:
            pieces += [
                Span(span.begins, min(span.ends, hole.begins)),
                Span(max(span.begins, hole.ends), span.ends),
            ]
        left = [piece for piece in pieces if piece.begins < piece.ends]
    return left


def starts(free: Iterable[Span], *, length: timedelta) -> Iterator[datetime]:
    """Every quarter of an hour at which something of this length could begin, in order."""
    for span in union(free):
        at = _quarter(span.begins)
        while at + length <= span.ends:
            yield at
            at += STEP


def open_starts(
    free: Iterable[Span], *, taken: Iterable[Span], length: timedelta, now: datetime
) -> list[datetime]:
    """The starts in somebody's free time without what is `taken`; none too soon or too far ahead."""
    found = starts(minus(free, taken), length=length)
    return [at for at in found if now + NOTICE <= at <= now + HORIZON]


def fits(start: datetime, length: timedelta, free: Iterable[Span]) -> bool:
    """Whether something of this length lies wholly in one of these spans."""
    return any(span.begins <= start and start + length <= span.ends for span in free)


def objection(start: datetime, minutes: int, *, now: datetime) -> str | None:
    """Why nobody can propose this time, in a sentence; None if one can."""
    if minutes not in LENGTHS:
        return "An interview takes 45 to 120 minutes."
    if start <= now:
        return "That time is over. Choose one that is still to come."
    if start < now + NOTICE:
        return "That is in less than 30 minutes. Choose a later time, or practise now."
    if start > now + HORIZON:
        return "That is more than 60 days ahead. Choose an earlier time."
    return None


def is_late(start: datetime, now: datetime) -> bool:
    """Whether cancelling now is on short notice."""
    return start - now < LATE


def doors_open(start: datetime, end: datetime, now: datetime) -> bool:
    """Whether the room of a booking may be entered: from a quarter of an hour before, until its time is over."""
    return start - DOORS <= now < end


def _quarter(at: datetime) -> datetime:
    """`at`, or the next full quarter of an hour. Every zone in use is whole quarters away from UTC."""
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    return epoch - (epoch - at) // STEP * STEP

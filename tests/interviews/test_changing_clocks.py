"""The hours around each change of the clocks, in thirty zones for three years: skipped, repeated, and written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interviews.calendars import calendar
from interviews.rules.availability import Hours, Span, expand, from_wall
from interviews.rules.slots import starts
from tests.interviews.test_calendars import LENGTH, NOW, ZONES, entry, read_twice

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which this zone's clocks change; every rule of the world changes them at a quarter."""
    at = FIRST
    while at < LAST:
        if offset(at, zone) != offset(at + timedelta(days=1), zone):
            quarters = (at + timedelta(minutes=15) * number for number in range(97))
            yield next(one for one in quarters if offset(one, zone) != offset(at, zone))
        at += timedelta(days=1)


def test_two_thirds_of_the_zones_change_their_clocks() -> None:
    found = [change for zone in ZONES for change in changes(ZoneInfo(zone))]
    print(f"{len(found)} changes")
    assert len(found) > 110


@pytest.mark.parametrize("zone", ZONES)
def test_around_a_change_an_interview_keeps_its_hour_and_its_length(zone: str) -> None:
    place = ZoneInfo(zone)
    for change in changes(place):
        since, until = change - timedelta(hours=30), change + timedelta(hours=30)
        always = expand([Hours(day, 0, 1440) for day in range(7)], zone=place, since=since, until=until)
        assert always == [Span(since, until)]
        wall = change.astimezone(place)
        nights = [Hours(day, 0, 5 * 60) for day in range(7)]
        free = expand(nights, zone=place, since=since, until=until)
        offered = list(starts(free, length=LENGTH))
        assert all(begins.astimezone(place).hour < 5 for begins in offered), wall
        near = [begins for begins in offered if abs(begins - change) < 2 * HOUR]
        for begins in near:
            for read_begins, read_ends, _, _ in read_twice(
                calendar([entry(begins)], method="PUBLISH", now=NOW)
            ):
                assert (read_begins, read_ends - read_begins) == (begins, LENGTH)


@pytest.mark.parametrize("zone", ZONES)
def test_a_wall_hour_comes_back_or_is_said_not_to_be(zone: str) -> None:
    place = ZoneInfo(zone)
    for change in changes(place):
        moved = offset(change, place) - offset(change - HOUR, place)
        at = change - 3 * HOUR
        while at < change + 3 * HOUR:
            wall = at.astimezone(place)
            found = from_wall(wall.date(), wall.hour * 60 + wall.minute, place)
            # Where it is shown twice, the first one is meant.
            again = moved < timedelta() and change <= at < change - moved
            assert found == (at + moved if again else at), wall
            at += timedelta(minutes=15)
        skipped = (change - HOUR / 60 + offset(change - HOUR, place)).replace(tzinfo=None) + HOUR / 60
        while moved > timedelta() and skipped < (change + offset(change, place)).replace(tzinfo=None):
            assert from_wall(skipped.date(), skipped.hour * 60 + skipped.minute, place) is None, skipped
            skipped += timedelta(minutes=15)

"""Hours by the wall clock, and what becomes of them when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.rules.availability import (
    MOST_RULES,
    SHORTEST,
    Hours,
    Span,
    expand,
    from_wall,
    objection,
    union,
)
from interviews.rules.slots import LENGTHS, minus, open_starts
from interviews.rules.slots import objection as time_objection

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = Hours(1, 18 * 60, 20 * 60)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def walls(spans: list[Span], zone: ZoneInfo) -> list[tuple[str, str]]:
    return [
        (f"{span.begins.astimezone(zone):%a %H:%M}", f"{span.ends.astimezone(zone):%H:%M}") for span in spans
    ]


def test_an_evening_stays_the_evening_when_clocks_change() -> None:
    spans = expand([EVENING], zone=BERLIN, since=utc(2026, 3, 1), until=utc(2026, 12, 1))
    assert len(spans) == 39
    assert set(walls(spans, BERLIN)) == {("Tue 18:00", "20:00")}
    assert {span.begins.hour for span in spans} == {16, 17}


@pytest.mark.parametrize(
    ("hours", "day", "length"),
    [
        # On 29 March 2026 Berlin skips 02:00 to 03:00; on 25 October it has it twice.
        (Hours(6, 120, 180), date(2026, 3, 29), 0),
        (Hours(6, 90, 210), date(2026, 3, 29), 60),
        (Hours(6, 150, 240), date(2026, 3, 29), 60),
        (Hours(6, 60, 240), date(2026, 10, 25), 240),
        (Hours(6, 120, 180), date(2026, 10, 25), 120),
    ],
)
def test_skipped_hours_are_not_there_and_repeated_ones_count_twice(
    hours: Hours, day: date, length: int
) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    spans = expand([hours], zone=BERLIN, since=noon - timedelta(days=1), until=noon + timedelta(hours=6))
    assert sum((s.ends - s.begins for s in spans), timedelta()) == timedelta(minutes=length)


def test_half_of_a_repeated_hour_is_two_pieces() -> None:
    spans = expand([Hours(6, 150, 180)], zone=BERLIN, since=utc(2026, 10, 24), until=utc(2026, 10, 26))
    assert [(s.begins.hour, s.begins.minute) for s in spans] == [(0, 30), (1, 30)]


def test_a_whole_day_in_a_zone_far_east_and_its_neighbours() -> None:
    apia = ZoneInfo("Pacific/Apia")
    spans = expand([Hours(0, 0, 1440)], zone=apia, since=utc(2026, 6, 2), until=utc(2026, 6, 20))
    assert set(walls(spans, apia)) == {("Mon 00:00", "00:00")}


@given(
    weekday=st.integers(0, 6),
    begins=st.integers(0, 95),
    length=st.integers(2, 20),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_someone_is_free_exactly_when_their_clock_says_so(
    weekday: int, begins: int, length: int, zone: str
) -> None:
    hours = Hours(weekday, begins * 15, min(begins * 15 + length * 15, 1440))
    place = ZoneInfo(zone)
    since, until = utc(2026, 3, 20), utc(2026, 4, 12)
    spans = expand([hours], zone=place, since=since, until=until)
    at = since
    while at < until:
        wall = at.astimezone(place)
        shown = wall.weekday() == weekday and hours.begins <= wall.hour * 60 + wall.minute < hours.ends
        assert shown == any(span.begins <= at < span.ends for span in spans), at
        at += timedelta(minutes=15)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (Hours(1, 19 * 60, 21 * 60), "overlaps with Tuesday 18:00–20:00"),
        (Hours(1, 17 * 60, 24 * 60), "overlaps with Tuesday 18:00–20:00"),
        (Hours(2, 22 * 60, 60), "later on the same day"),
        (Hours(2, 600, 600), "later on the same day"),
        (Hours(2, 600, 615), "holds no interview"),
        (Hours(7, 600, 700), "a day of the week"),
        (Hours(2, 600, 1500), "a day of the week"),
    ],
)
def test_what_cannot_be_is_said(new: Hours, words: str) -> None:
    said = objection(new, [EVENING])
    assert said is not None
    assert words in said


def test_rules_may_touch_but_not_be_without_end() -> None:
    assert objection(Hours(1, 20 * 60, 21 * 60), [EVENING]) is None
    assert objection(Hours(0, 0, 60), [EVENING] * MOST_RULES) is not None


def test_a_time_of_day_that_is_skipped_is_none_and_a_repeated_one_the_first() -> None:
    assert from_wall(date(2026, 3, 29), 150, BERLIN) is None
    assert from_wall(date(2026, 10, 25), 150, BERLIN) == utc(2026, 10, 25, 0, 30)
    assert from_wall(date(2026, 7, 1), 1440, BERLIN) == utc(2026, 7, 1, 22)


def test_union_and_minus_are_what_they_say() -> None:
    a, b, c, d = (utc(2026, 6, 1, hour) for hour in (8, 10, 12, 14))
    assert union([Span(b, c), Span(a, b)]) == [Span(a, c)]
    assert minus([Span(a, d)], [Span(b, c)]) == [Span(a, b), Span(c, d)]
    assert minus([Span(b, c)], [Span(a, d)]) == []


def test_no_hours_are_kept_that_hold_no_interview() -> None:
    assert timedelta(minutes=min(LENGTHS)) == SHORTEST
    assert objection(Hours(1, 600, 644), []) == "Less than 45 minutes holds no interview."
    assert objection(Hours(1, 600, 645), []) is None


def test_open_starts_fit_wholly_and_lie_on_quarters() -> None:
    now = utc(2026, 6, 1, 8, 0)
    ada = [Span(utc(2026, 6, 1, 8, 7), utc(2026, 6, 1, 11))]
    taken = [Span(utc(2026, 6, 1, 9, 30), utc(2026, 6, 1, 10))]
    found = open_starts(ada, taken=taken, length=timedelta(minutes=45), now=now)
    assert [f"{at:%H:%M}" for at in found] == ["08:30", "08:45", "10:00", "10:15"]


@pytest.mark.parametrize(
    ("after", "minutes", "words"),
    [
        (timedelta(hours=-1), 45, "is over"),
        (timedelta(minutes=29), 45, "less than 30 minutes"),
        (timedelta(days=61), 45, "60 days"),
        (timedelta(days=1), 24 * 60, "45 to 120 minutes"),
        (timedelta(days=1), 30, "45 to 120 minutes"),
        (timedelta(days=1), 0, "45 to 120 minutes"),
    ],
)
def test_no_time_is_proposed_that_cannot_be_held(after: timedelta, minutes: int, words: str) -> None:
    now = utc(2026, 6, 1)
    said = time_objection(now + after, minutes, now=now)
    assert said is not None
    assert words in said
    assert time_objection(now + timedelta(days=1), 45, now=now) is None

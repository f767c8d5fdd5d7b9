"""Calendars as two readers that are not ours see them: icalendar, and vobject."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from interviews.calendars import Entry, Party, calendar, sender
from interviews.rules.availability import Hours, expand
from interviews.rules.slots import starts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LENGTH = timedelta(minutes=45)
# Thirty zones: with and without daylight saving, both hemispheres, odd offsets, half-hour changes.
ZONES = [
    *("Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Athens", "Europe/Moscow"),
    *("Europe/Istanbul", "Europe/Dublin", "Africa/Cairo", "Africa/Casablanca", "Africa/Lagos"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/St_Johns", "America/Sao_Paulo", "America/Santiago", "America/Havana", "Asia/Jerusalem"),
    *("Asia/Beirut", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Gaza"),
    *("Australia/Sydney", "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham"),
]
# The Sundays on which much of the world changes its clocks.
CHANGES = [
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 9, 27),
    date(2026, 10, 25),
    date(2026, 11, 1),
]


def entry(begins: datetime = NOW, **more: object) -> Entry:
    values: dict[str, object] = {
        "uid": "1@two-loops",
        "revision": 3,
        "begins": begins,
        "ends": begins + LENGTH,
        "summary": "Mock interview with Ben",
        "description": "The room",
        "url": "https://example.com/calendar/bookings/1/",
    }
    return Entry(**{**values, **more})  # type: ignore[arg-type]


def read_twice(text: str) -> list[tuple[datetime, datetime, str, int]]:
    """Start, end, summary and sequence, which both readers must agree on."""
    (first,) = Calendar.from_ical(text).walk("VEVENT")
    second = vobject.readOne(text).vevent
    one = (
        first.decoded("dtstart"),
        first.decoded("dtend"),
        str(first["summary"]),
        int(str(first["sequence"])),
    )
    two = (
        second.dtstart.value.astimezone(UTC),
        second.dtend.value.astimezone(UTC),
        second.summary.value,
        int(second.sequence.value),
    )
    return [one, two]


def test_both_readers_see_what_was_written() -> None:
    text = calendar([entry()], method="REQUEST", now=NOW, organizer=sender("Two Loops <noreply@example.com>"))
    for read in read_twice(text):
        assert read == (NOW, NOW + LENGTH, "Mock interview with Ben", 3)
    whole = Calendar.from_ical(text)
    assert str(whole["method"]) == "REQUEST"
    (event,) = whole.walk("VEVENT")
    assert (str(event["uid"]), str(event["status"])) == ("1@two-loops", "CONFIRMED")
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_cancellation_names_the_same_event() -> None:
    text = calendar([entry(cancelled=True, revision=4)], method="CANCEL", now=NOW)
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert (str(event["uid"]), str(event["status"]), int(str(event["sequence"]))) == (
        "1@two-loops",
        "CANCELLED",
        4,
    )


@pytest.mark.parametrize(
    "name",
    [
        "Ben\r\nATTENDEE:mailto:eve@example.com",
        "Ben\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:other",
        'Ben; "the, quoted": \\n \\',
        "Бен 🎈 \u2028 ben\x00",
        "x" * 400,
    ],
)
@pytest.mark.asvs("1.3.3")
def test_a_name_is_a_value_and_never_a_line(name: str) -> None:
    text = calendar(
        [entry(summary=f"Interview with {name}", description=name)],
        method="REQUEST",
        now=NOW,
        organizer=Party("noreply@example.com", name),
        attendee=Party("ada@example.com", name),
    )
    whole = Calendar.from_ical(text)
    (event,) = whole.walk("VEVENT")
    assert set(event.keys()) == {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "SEQUENCE", "STATUS"),
        *("ORGANIZER", "ATTENDEE"),
    }
    assert str(event["attendee"]) == "mailto:ada@example.com"
    assert len(vobject.readOne(text).vevent.contents["attendee"]) == 1
    assert not any(line.startswith(("ATTENDEE:mailto:eve", "SUMMARY:other")) for line in text.split("\r\n"))


@pytest.mark.parametrize("change", CHANGES, ids=str)
@pytest.mark.parametrize("zone", ZONES)
def test_a_session_stays_45_minutes_at_the_hour_both_saw(zone: str, change: date) -> None:
    """Two people in this zone and in Berlin: the wall hours they were shown are those that both calendars hold."""
    here, there = ZoneInfo(zone), ZoneInfo("Europe/Berlin")
    noon = datetime(change.year, change.month, change.day, 12, tzinfo=UTC)
    since, until = noon - timedelta(days=2), noon + timedelta(days=2)
    evenings = [Hours(day, 18 * 60, 20 * 60) for day in range(7)]
    nights = [Hours(day, 30, 4 * 60) for day in range(7)]
    for rules in (evenings, nights):
        free = expand(rules, zone=here, since=since, until=until)
        offered = list(starts(free, length=LENGTH))
        assert offered
        for begins in offered:
            local = begins.astimezone(here)
            minute = local.hour * 60 + local.minute
            assert any(rule.begins <= minute < rule.ends for rule in rules if rule.weekday == local.weekday())
        for begins in {offered[0], offered[len(offered) // 2], offered[-1]}:
            shown = [f"{begins.astimezone(z):%Y-%m-%d %H:%M %z}" for z in (here, there)]
            text = calendar([entry(begins)], method="PUBLISH", now=NOW)
            for read_begins, read_ends, _, _ in read_twice(text):
                assert read_ends - read_begins == LENGTH
                assert [f"{read_begins.astimezone(z):%Y-%m-%d %H:%M %z}" for z in (here, there)] == shown
    complete = expand(evenings, zone=here, since=since, until=until)[1:-1]
    assert {f"{span.begins.astimezone(here):%H:%M}" for span in complete} == {"18:00"}

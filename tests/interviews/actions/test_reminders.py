"""Reminders leave once, and the sweep opens rooms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as sent
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from casebank.models import CaseVersion
from interviews.actions import bookings, mail, reminders
from interviews.models import Block, Booking, OutgoingMail
from mlsd_site.accounts.models import User
from tests.interviews.appointments import NOW, TUESDAY, agreed, lives_in

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def booking(ada: User, ben: User) -> Booking:
    """Agreed on four days before."""
    lives_in(ada, "Europe/Berlin")
    lives_in(ben, "America/New_York")
    return agreed(ben, ada, start=TUESDAY + timedelta(days=3), now=NOW)


def reminded() -> list[tuple[str, str]]:
    found = OutgoingMail.objects.filter(key__contains=":remind:", state="queued").order_by("pk")
    return sorted(found.values_list("to", "subject"))


def test_a_day_and_a_quarter_of_an_hour_before_each_leaves_once(booking: Booking) -> None:
    start = TUESDAY + timedelta(days=3)
    assert reminders.sweep(now=start - 24 * HOUR - MINUTE) == 0
    assert reminders.sweep(now=start - 24 * HOUR) == 2
    for later in range(0, 1425, 15):
        assert reminders.sweep(now=start - 24 * HOUR + later * MINUTE) == 0
    assert reminders.sweep(now=start - 15 * MINUTE) == 2
    assert reminders.sweep(now=start - 14 * MINUTE) == 0
    assert reminders.sweep(now=start + MINUTE) == 0
    assert [subject for _, subject in reminded()] == [
        "Your interview with Ben is about to begin",
        "Your interview with Ben is on Friday at 18:00",
        "Your interview with Ada is about to begin",
        "Your interview with Ada is on Friday at 12:00",
    ]


def test_each_reads_the_time_by_their_own_clock(booking: Booking) -> None:
    start = TUESDAY + timedelta(days=3)
    reminders.sweep(now=start - 24 * HOUR)
    bodies = dict(OutgoingMail.objects.filter(key__contains=":remind:").values_list("to", "body"))
    assert "Friday, 5 June 2026, 18:00 (Europe/Berlin)" in bodies["ada@example.com"]
    assert "Friday, 5 June 2026, 12:00 (America/New_York)" in bodies["ben@example.com"]
    assert "example.com" not in bodies["ada@example.com"]


def test_nobody_is_reminded_of_what_is_cancelled_or_moved(booking: Booking, ada: User, ben: User) -> None:
    start = TUESDAY + timedelta(days=3)
    reminders.sweep(now=start - 24 * HOUR)
    moved = start + 48 * HOUR
    bookings.counter(booking=booking, by=ada, start=moved, now=start - 23 * HOUR)
    bookings.accept(booking=booking, by=ben, start=moved, now=start - 23 * HOUR)
    assert reminded() == []
    assert reminders.sweep(now=start - 15 * MINUTE) == 0
    assert reminders.sweep(now=moved - 24 * HOUR) == 2
    bookings.cancel(booking=booking, by=ada, now=moved - 23 * HOUR)
    assert reminded() == []
    assert reminders.sweep(now=moved - 15 * MINUTE) == 0


def test_who_agreed_an_hour_ago_needs_no_reminder_of_tomorrow(ada: User, ben: User) -> None:
    agreed(ben, ada, start=NOW + 23 * HOUR, now=NOW)
    assert reminders.sweep(now=NOW + HOUR) == 0
    assert reminders.sweep(now=NOW + 23 * HOUR - 10 * MINUTE) == 2


def test_a_reminder_that_comes_too_late_is_not_sent(booking: Booking) -> None:
    start = TUESDAY + timedelta(days=3)
    reminders.sweep(now=start - 15 * MINUTE)
    sent.outbox.clear()
    mail.deliver(now=start)
    assert not [m for m in sent.outbox if "about to begin" in m.subject]


def test_the_room_is_open_when_the_last_reminder_comes(booking: Booking, case_version: CaseVersion) -> None:
    reminders.sweep(now=TUESDAY + timedelta(days=3) - 15 * MINUTE)
    booking.refresh_from_db()
    assert booking.session is not None
    assert booking.session.seats.count() == 2


def test_a_sweep_with_nothing_to_do_asks_as_often_for_six_bookings_as_for_one(
    booking: Booking, ada: User, ben: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    start = TUESDAY + timedelta(days=3)
    reminders.sweep(now=start - 23 * HOUR)
    with CaptureQueriesContext(connection) as for_one:
        reminders.sweep(now=start - 23 * HOUR)
    for later in range(1, 6):
        agreed(ben, ada, start=start + later * HOUR, now=NOW)
    assert reminders.sweep(now=start - 14 * HOUR) == 10
    with django_assert_num_queries(len(for_one)):
        reminders.sweep(now=start - 14 * HOUR)


def test_an_address_that_takes_no_mail_holds_up_nobody_else(booking: Booking, ada: User, ben: User) -> None:
    start = TUESDAY + timedelta(days=3)
    User.objects.filter(pk=ada.pk).update(email="ada")
    assert reminders.sweep(now=start - 23 * HOUR) == 1
    assert reminded() == [("ben@example.com", "Your interview with Ada is on Friday at 12:00")]
    assert bookings.cancel(booking=booking, by=ben, now=start - 22 * HOUR).state == "cancelled"


def test_a_blocked_pair_is_reminded_of_nothing(booking: Booking, ada: User, ben: User) -> None:
    Block.objects.create(by=ada, of=ben)
    assert reminders.sweep(now=TUESDAY + timedelta(days=3) - 24 * HOUR) == 0


def test_what_nobody_answered_in_time_is_closed(ada: User, ben: User) -> None:
    booking = bookings.propose(
        by=ben, to=ada, role="interviewer", start=TUESDAY, minutes=45, framework="seven-step", now=NOW
    )
    reminders.sweep(now=TUESDAY)
    booking.refresh_from_db()
    assert (booking.state, booking.asked_at) == ("declined", None)

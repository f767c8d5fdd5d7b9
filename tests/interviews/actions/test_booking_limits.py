"""What a booking does not do: note anybody twice, or bind who is paused, pressed or blocked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casebank.models import CaseVersion
from interviews.actions import attendance, availability, booking_rooms, bookings, people
from interviews.errors import Refused
from interviews.models import Attendance, Booking, Mode, OutgoingMail
from interviews.queries import bookings as queries
from mlsd_site.accounts.models import User
from tests.interviews.appointments import NOW, PLAN, TUESDAY, agreed, lives_in, offers_evenings, proposed
from tests.interviews.stage import alone

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _zones(ada: User, ben: User) -> None:
    lives_in(ada, "Europe/Berlin")
    lives_in(ben, "America/New_York")


def test_from_its_start_on_it_cannot_be_cancelled(ada: User, ben: User) -> None:
    booking = agreed(ben, ada)
    with pytest.raises(Refused) as refused:
        bookings.cancel(booking=booking, by=ada, now=TUESDAY)
    assert refused.value.code == "too_late"


def test_a_second_room_notes_nobody_a_second_time(ada: User, ben: User, case_version: CaseVersion) -> None:
    booking = agreed(ben, ada)
    first = booking_rooms.open_room(booking=booking, now=TUESDAY)
    assert first.agreed_start == TUESDAY
    attendance.reckon(now=TUESDAY + HOUR / 4)
    first.refresh_from_db()
    assert first.end_reason == "abandoned"
    assert Attendance.objects.filter(came=False).count() == 2
    second = booking_rooms.open_room(booking=booking, now=TUESDAY + HOUR / 2)
    assert second.agreed_start is None
    attendance.reckon(now=TUESDAY + HOUR)
    assert Attendance.objects.count() == 2


def test_a_first_room_that_is_made_late_notes_nobody(ada: User, ben: User, case_version: CaseVersion) -> None:
    room = booking_rooms.open_room(booking=agreed(ben, ada), now=TUESDAY + timedelta(minutes=10))
    assert room.agreed_start is None


def _missed_two(user: User) -> None:
    for day in (2, 1):
        session = alone(user, mode=Mode.PEER)
        Attendance.objects.create(session=session, user=user, agreed_start=NOW - day * 24 * HOUR, came=False)


def test_nobody_takes_or_agrees_to_the_time_of_who_is_paused(ada: User, ben: User) -> None:
    listing = offers_evenings(ada)
    asked = proposed(ada, ben)
    assert queries.open_starts(ada, ben, minutes=45, now=NOW)
    assert queries.offers_for(ben, now=NOW)
    _missed_two(ada)
    assert queries.open_starts(listing.user, ben, minutes=45, now=NOW) == []
    assert queries.offers_for(ben, now=NOW) == []
    attempts: list[Callable[[], Booking]] = [
        lambda: bookings.accept(booking=asked, by=ben, start=TUESDAY, now=NOW),
        lambda: bookings.counter(booking=asked, by=ben, start=TUESDAY + HOUR, now=NOW),
        lambda: proposed(ben, ada),
    ]
    for attempt in attempts:
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "time_gone"


def test_one_person_is_asked_so_often_and_no_more(ada: User, ben: User, cleo: User) -> None:
    booking = proposed(ben, ada)
    for quarter in range(1, bookings.TO_ONE.most):
        bookings.counter(booking=booking, by=ben, start=TUESDAY + quarter * HOUR / 4, now=NOW)
    with pytest.raises(Refused) as refused:
        bookings.counter(booking=booking, by=ben, start=TUESDAY + 3 * HOUR, now=NOW)
    assert refused.value.code == "too_often"
    with pytest.raises(Refused) as refused:
        bookings.take(by=ben, listing=offers_evenings(ada), role="candidate", start=TUESDAY, now=NOW, **PLAN)
    assert "8 times in 24 hours" in refused.value.message
    assert proposed(ben, cleo).state == "proposed"


def test_a_block_calls_off_what_the_two_have_ahead(
    ada: User, ben: User, cleo: User, case_version: CaseVersion
) -> None:
    held, asked = agreed(ben, ada), proposed(ben, ada, start=TUESDAY + 24 * HOUR)
    other = agreed(ben, cleo, start=TUESDAY + 48 * HOUR)
    room = booking_rooms.open_room(booking=held, now=TUESDAY - HOUR / 4)
    seat, theirs = room.seats.get(user=ada), room.seats.get(user=ben)
    people.block(seat=seat, other=theirs, now=TUESDAY - HOUR / 4)
    for booking, state in ((held, "cancelled"), (asked, "declined"), (other, "confirmed")):
        booking.refresh_from_db()
        assert booking.state == state
    told = OutgoingMail.objects.filter(to=ben.email).values_list("subject", "body")
    assert not [one for one in told if "block" in "".join(one).lower()]
    # Within twelve hours, as anybody's; were it not so, that would tell.
    assert "which is recorded" in dict(told)["Cancelled: interview with Ada"]


def test_who_speaks_my_language_is_shown_first(ada: User, ben: User, cleo: User) -> None:
    offers_evenings(ada)
    offers_evenings(cleo, now=NOW + HOUR)
    for user in (ada, ben):
        availability.list_me(by=user, wanted="either", language="de", now=NOW)
    found = [(offer.name, offer.language) for offer in queries.offers_for(ben, now=NOW)]
    assert found == [("Ada", "Deutsch"), ("Cleo", "English")]


def test_whoever_takes_a_time_may_swap_where_that_is_offered(ada: User, ben: User) -> None:
    listing = offers_evenings(ada)
    wish = {**PLAN, "role": "interviewer", "start": TUESDAY, "swap": True, "now": NOW}
    with pytest.raises(Refused) as refused:
        bookings.take(by=ben, listing=listing, **wish)
    assert (refused.value.code, Booking.objects.count()) == ("no_swap", 0)
    availability.list_me(by=ada, wanted="either", language="en", swaps=True, now=NOW)
    assert bookings.take(by=ben, listing=listing, **wish).swap
    assert "you are interviewed, then you swap" in OutgoingMail.objects.get(to=ada.email).body


def test_mails_say_that_the_roles_swap_and_what_the_proposer_wrote(ada: User, ben: User) -> None:
    booking = proposed(ben, ada, swap=True, note="Hello there")
    bookings.counter(booking=booking, by=ada, start=TUESDAY + HOUR, now=NOW)
    first, second = OutgoingMail.objects.order_by("pk").values_list("body", flat=True)
    assert "you are interviewed, then you swap" in first
    assert "Hello there" in first
    assert "Hello there" not in second

"""Agreeing on a time. Ben would interview Ada; Cleo wants the same hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from casebank.models import CaseVersion, SeenCase
from interviews.actions import availability, booking_rooms, bookings, sessions
from interviews.errors import Refused
from interviews.models import Attendance, Block, Booking, BookingSeat, Mode, OutgoingMail, Weekly
from interviews.queries import bookings as queries
from interviews.rules.availability import Hours
from mlsd_site.accounts.models import User
from tests.interviews.appointments import NOW, PLAN, TUESDAY, agreed, lives_in, offers_evenings, proposed
from tests.interviews.stage import alone

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _zones(ada: User, ben: User) -> None:
    lives_in(ada, "Europe/Berlin")
    lives_in(ben, "America/New_York")


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def told(user: User) -> list[str]:
    return list(OutgoingMail.objects.filter(to=user.email).order_by("pk").values_list("subject", flat=True))


def test_an_offered_time_is_taken_and_agreed_at_once(ada: User, ben: User) -> None:
    listing = offers_evenings(ada)
    (offer,) = queries.offers_for(ben, now=NOW)
    assert (offer.name, offer.starts[0]) == ("Ada", TUESDAY)
    booking = bookings.take(by=ben, listing=listing, role="interviewer", start=TUESDAY, now=NOW, **PLAN)
    assert (booking.state, booking.starts_at, booking.ends_at) == (
        "confirmed",
        TUESDAY,
        TUESDAY + 0.75 * HOUR,
    )
    assert told(ada) == ["Interview with Ben"]
    assert told(ben) == ["Interview with Ada"]


def test_whoever_comes_second_is_told_and_gets_nothing(ada: User, ben: User, cleo: User) -> None:
    listing = offers_evenings(ada)
    bookings.take(by=ben, listing=listing, role="interviewer", start=TUESDAY, now=NOW, **PLAN)
    later = TUESDAY + timedelta(minutes=30)
    with pytest.raises(Refused) as refused:
        bookings.take(by=cleo, listing=listing, role="interviewer", start=later, now=NOW, **PLAN)
    assert (code(refused), refused.value.status) == ("time_gone", 409)
    assert Booking.objects.count() == 1
    assert told(cleo) == []
    (offer,) = queries.offers_for(cleo, now=NOW)
    assert offer.starts[0] == TUESDAY + timedelta(minutes=45)


@pytest.mark.parametrize(
    ("start", "minutes", "words"),
    [
        (NOW - HOUR, 45, "time_gone|bad_time"),
        (TUESDAY + 3 * HOUR, 45, "time_gone"),
        (TUESDAY + timedelta(minutes=90), 45, "time_gone"),
        (TUESDAY, 1440, "bad_time"),
    ],
)
def test_only_what_is_offered_can_be_taken(
    start: object, minutes: int, words: str, ada: User, ben: User
) -> None:
    listing = offers_evenings(ada)
    with pytest.raises(Refused) as refused:
        bookings.take(
            by=ben,
            listing=listing,
            role="interviewer",
            start=start,  # type: ignore[arg-type]
            minutes=minutes,
            framework="seven-step",
            now=NOW,
        )
    assert code(refused) in words.split("|")


def test_a_seat_that_is_not_offered_cannot_be_taken(ada: User, ben: User) -> None:
    listing = offers_evenings(ada, wanted="candidate")
    with pytest.raises(Refused) as refused:
        bookings.take(by=ben, listing=listing, role="candidate", start=TUESDAY, now=NOW, **PLAN)
    assert code(refused) == "wrong_seat"


def test_a_proposal_books_nothing_until_it_is_accepted(ada: User, ben: User, cleo: User) -> None:
    first, second = proposed(ben, ada), proposed(cleo, ada)
    assert not BookingSeat.objects.filter(holds=True).exists()
    bookings.accept(booking=first, by=ada, start=TUESDAY, now=NOW)
    with pytest.raises(Refused) as refused:
        bookings.accept(booking=second, by=ada, start=TUESDAY, now=NOW)
    assert code(refused) == "you_are_booked"
    assert told(ada) == ["Ben proposes an interview", "Cleo proposes an interview", "Interview with Ben"]


def test_what_has_changed_meanwhile_is_not_agreed_to(ada: User, ben: User) -> None:
    booking = proposed(ben, ada)
    bookings.counter(booking=booking, by=ben, start=TUESDAY + HOUR, now=NOW)
    with pytest.raises(Refused) as refused:
        bookings.accept(booking=booking, by=ada, start=TUESDAY, now=NOW)
    assert code(refused) == "changed"


def test_nobody_accepts_their_own_proposal(ada: User, ben: User) -> None:
    booking = proposed(ben, ada)
    with pytest.raises(Refused) as refused:
        bookings.accept(booking=booking, by=ben, start=TUESDAY, now=NOW)
    assert code(refused) == "changed"


def test_a_counter_proposal_is_accepted_by_the_other(ada: User, ben: User) -> None:
    booking = proposed(ben, ada)
    bookings.counter(booking=booking, by=ada, start=TUESDAY + HOUR, now=NOW)
    booking = bookings.accept(booking=booking, by=ben, start=TUESDAY + HOUR, now=NOW)
    assert (booking.starts_at, booking.asked_at) == (TUESDAY + HOUR, None)


def test_a_time_that_is_to_be_moved_holds_until_the_new_one_is_accepted(ada: User, ben: User) -> None:
    booking = agreed(ben, ada)
    bookings.counter(booking=booking, by=ben, start=TUESDAY + 24 * HOUR, now=NOW)
    assert BookingSeat.objects.filter(holds=True, starts_at=TUESDAY).count() == 2
    bookings.decline(booking=booking, by=ada, now=NOW)
    booking.refresh_from_db()
    assert (booking.state, booking.starts_at, booking.asked_at) == ("confirmed", TUESDAY, None)
    # Half an hour later overlaps with what it was: one's own booking stands in nobody's way.
    bookings.counter(booking=booking, by=ada, start=TUESDAY + HOUR / 2, now=NOW)
    before = booking.revision
    booking = bookings.accept(booking=booking, by=ben, start=TUESDAY + HOUR / 2, now=NOW)
    assert booking.starts_at == TUESDAY + HOUR / 2
    assert booking.revision > before


def test_declining_closes_it_and_withdrawing_too(ada: User, ben: User) -> None:
    first, second = proposed(ben, ada), proposed(ben, ada, start=TUESDAY + HOUR)
    assert bookings.decline(booking=first, by=ada, now=NOW).state == "declined"
    assert bookings.decline(booking=second, by=ben, now=NOW).state == "cancelled"
    assert bookings.decline(booking=second, by=ben, now=NOW).state == "cancelled"
    assert told(ben) == ["Ada cannot at the proposed time"]
    assert told(ada)[-1] == "Ben takes back a proposal"


@pytest.mark.parametrize(("before", "late"), [(13, False), (11, True)])
def test_cancelling_frees_the_time_and_late_is_recorded(
    before: int, late: bool, ada: User, ben: User
) -> None:
    booking = agreed(ben, ada)
    booking = bookings.cancel(booking=booking, by=ada, now=TUESDAY - before * HOUR)
    assert (booking.state, booking.cancelled_late, booking.cancelled_by) == ("cancelled", late, ada)
    assert not BookingSeat.objects.filter(holds=True).exists()
    assert bookings.cancel(booking=booking, by=ben, now=TUESDAY).cancelled_by == ada
    assert told(ben)[-1] == "Cancelled: interview with Ada"


def test_a_blocked_pair_does_not_find_or_book_each_other(ada: User, ben: User) -> None:
    listing = offers_evenings(ada)
    booking = proposed(ben, ada)
    Block.objects.create(by=ada, of=ben)
    assert queries.offers_for(ben, now=NOW) == []
    for attempt in (
        lambda: queries.find("Ada", reader=ben),
        lambda: bookings.take(by=ben, listing=listing, role="interviewer", start=TUESDAY, now=NOW, **PLAN),
        lambda: bookings.accept(booking=booking, by=ada, start=TUESDAY, now=NOW),
        lambda: proposed(ben, ada),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert code(refused) == "nobody"


def test_only_a_level_next_to_ones_own_is_offered(ada: User, ben: User) -> None:
    offers_evenings(ada)
    for mine, theirs, found in (("mid", "staff", 0), ("mid", "senior", 1), ("staff", "senior", 1)):
        User.objects.filter(pk=ada.pk).update(target_level=theirs)
        ben.target_level = mine
        assert len(queries.offers_for(ben, now=NOW)) == found


@pytest.mark.asvs("2.3.4")
def test_postgres_refuses_a_second_booking_whatever_the_code_believes(ada: User, ben: User) -> None:
    agreed(ben, ada)
    other = proposed(ben, ada, start=TUESDAY + HOUR / 4)
    with pytest.raises(IntegrityError, match="nobody_is_booked_twice"), transaction.atomic():
        other.seats.update(holds=True, starts_at=TUESDAY, ends_at=TUESDAY + HOUR)
    Weekly.objects.create(user=ada, weekday=1, begins=600, ends=700)
    with pytest.raises(IntegrityError, match="weekly_hours_do_not_overlap"), transaction.atomic():
        Weekly.objects.create(user=ada, weekday=1, begins=660, ends=720)


@pytest.mark.asvs("2.2.3")
def test_overlapping_hours_and_times_are_refused_with_the_reason(ada: User) -> None:
    offers_evenings(ada)
    with pytest.raises(Refused, match="overlaps with Tuesday 18:00–20:00"):
        availability.add_hours(by=ada, hours=Hours(1, 19 * 60, 21 * 60))
    for since, hours, words in (
        (NOW - 3 * HOUR, 2, "is over"),
        (TUESDAY, 24, "shorter than a day"),
        (TUESDAY, -1, "later than the start"),
        (TUESDAY + 90 * 24 * HOUR, 2, "60 days"),
    ):
        with pytest.raises(Refused, match=words):
            availability.add_slot(by=ada, starts_at=since, ends_at=since + hours * HOUR, now=NOW)
    availability.add_slot(by=ada, starts_at=TUESDAY, ends_at=TUESDAY + HOUR, now=NOW)
    with pytest.raises(Refused, match="overlaps with a single time"):
        availability.add_slot(by=ada, starts_at=TUESDAY + HOUR / 2, ends_at=TUESDAY + 2 * HOUR, now=NOW)


def test_the_room_opens_a_quarter_of_an_hour_before_with_both_in_their_seats(
    ada: User, ben: User, case_version: CaseVersion
) -> None:
    booking = agreed(ben, ada)
    with pytest.raises(Refused) as refused:
        booking_rooms.open_room(booking=booking, now=TUESDAY - timedelta(minutes=16))
    assert code(refused) == "not_yet"
    session = booking_rooms.open_room(booking=booking, now=TUESDAY - timedelta(minutes=15))
    assert booking_rooms.open_room(booking=booking, now=TUESDAY) == session
    assert (session.state, session.case_version) == ("lobby", case_version)
    assert dict(session.seats.values_list("user_id", "role")) == {ada.pk: "candidate", ben.pk: "interviewer"}


@pytest.mark.parametrize(("minutes", "swap", "planned"), [(45, "half", 22.5), (90, "full", 45)])
def test_both_halves_fit_into_one_booking(
    minutes: int, swap: str, planned: float, ada: User, ben: User, case_version: CaseVersion
) -> None:
    session = booking_rooms.open_room(booking=agreed(ben, ada, minutes=minutes, swap=True), now=TUESDAY)
    assert (session.swap, sum(step["minutes"] for step in session.plan)) == (swap, planned)


def test_a_case_that_the_candidate_knows_is_never_chosen(
    ada: User, ben: User, case_version: CaseVersion
) -> None:
    SeenCase.objects.create(user=ada, case=case_version.case, how="guide", at=NOW)
    booking = agreed(ben, ada)
    with pytest.raises(Refused) as refused:
        booking_rooms.open_room(booking=booking, now=TUESDAY)
    assert code(refused) == "no_case_left"


def test_cancelling_gives_up_the_room_unless_it_has_begun(
    ada: User, ben: User, case_version: CaseVersion
) -> None:
    booking = agreed(ben, ada)
    soon = TUESDAY - timedelta(minutes=5)
    room = booking_rooms.open_room(booking=booking, now=soon)
    bookings.cancel(booking=booking, by=ben, now=soon)
    room.refresh_from_db()
    assert (room.state, room.end_reason) == ("ended", "abandoned")
    other = agreed(ben, ada, start=TUESDAY + 24 * HOUR)
    session = booking_rooms.open_room(booking=other, now=soon + 24 * HOUR)
    sessions.start(session=session, by=session.seats.get(user=ben), now=soon + 24 * HOUR)
    with pytest.raises(Refused) as refused:
        bookings.cancel(booking=other, by=ada, now=soon + 24 * HOUR)
    assert code(refused) == "begun"


def test_somebody_who_asks_everybody_is_stopped(ada: User, ben: User, cleo: User) -> None:
    for day in range(bookings.MOST_OPEN):
        proposed(ben, ada if day % 2 else cleo, start=TUESDAY + day * 24 * HOUR)
    with pytest.raises(Refused) as refused:
        proposed(ben, ada, start=TUESDAY + HOUR)
    assert code(refused) == "too_many_open"


def test_who_has_left_can_be_cancelled_on(ada: User, ben: User) -> None:
    booking = agreed(ben, ada)
    ada.delete()
    assert bookings.cancel(booking=booking, by=ben, now=NOW).state == "cancelled"


def test_who_did_not_come_twice_books_nothing_for_a_week(ada: User, ben: User) -> None:
    listing = offers_evenings(ada)
    for day in (2, 1):
        session = alone(ben, mode=Mode.PEER)
        Attendance.objects.create(session=session, user=ben, agreed_start=NOW - day * 24 * HOUR, came=False)
    with pytest.raises(Refused) as refused:
        bookings.take(by=ben, listing=listing, role="interviewer", start=TUESDAY, now=NOW, **PLAN)
    assert code(refused) == "paused"
    with pytest.raises(Refused) as refused:
        proposed(ben, ada)
    assert code(refused) == "paused"

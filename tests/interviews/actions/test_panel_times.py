"""A time for a panel: booked once all three have accepted it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from casebank.models import Case
from interviews import calendars
from interviews.actions import assignments, attendance, booking_rooms, bookings, people
from interviews.actions.booking_mail import entry
from interviews.errors import Refused
from interviews.models import (
    Assignment,
    Attendance,
    Block,
    Booking,
    Group,
    OutgoingMail,
    Role,
    Seat,
    Session,
    State,
)
from interviews.queries.attendance import awaited_by
from interviews.queries.bookings import held_since, seen_by, upcoming
from interviews.queries.panel import absent_from
from mlsd_site.accounts.models import User
from tests.interviews.appointments import agreed
from tests.interviews.programme import NOW, terms
from tests.interviews.waiting import arrive

pytestmark = pytest.mark.django_db
START = (NOW + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
OVER = START + timedelta(minutes=10)


@pytest.fixture
def panel(group: Group, ben: User, ada: User, dora: User) -> Assignment:
    """Dora and Ben, in this order, are to interview Ada."""
    case = Case.objects.get(slug="case-2")
    return assignments.add(
        group=group, by=ben, people=[ada.pk, dora.pk, ben.pk], case=case, terms=terms(), now=NOW
    )


@pytest.fixture
def booking(panel: Assignment, dora: User) -> Booking:
    """Dora proposes a time."""
    return assignments.propose(group=panel.group, assignment_id=panel.pk, by=dora, start=START, now=NOW)


def accept(booking: Booking, by: User) -> str:
    """How the booking stands when this person has accepted."""
    return bookings.accept(booking=booking, by=by, start=START, now=NOW).state


@pytest.fixture
def all_agree(booking: Booking, ada: User, ben: User) -> Booking:
    accept(booking, ada)
    accept(booking, ben)
    booking.refresh_from_db()
    return booking


def told(user: User, about: str) -> str:
    """The text of the newest mail to this person whose key names this."""
    found = OutgoingMail.objects.filter(to=user.email, key__contains=f":{about}:")
    return found.latest("pk").body


def seat(session: Session, user: User) -> Seat:
    return session.seats.select_related("session", "user").get(user=user)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == code


def test_both_others_are_asked(booking: Booking, ada: User, ben: User, dora: User) -> None:
    assert "Dora proposes a mock interview, a panel with Ben too" in told(ada, "proposed")
    assert "you interview" in told(ben, "proposed")
    assert "you are interviewed" in told(ada, "proposed")
    assert not OutgoingMail.objects.filter(to=dora.email, key__startswith="booking:").exists()
    assert set(booking.seats.values_list("user", "role", "part")) == {
        (ada.pk, "candidate", ""),
        (dora.pk, "interviewer", "first"),
        (ben.pk, "interviewer", "second"),
    }


def test_one_who_accepts_books_nothing_yet(booking: Booking, ada: User, ben: User, dora: User) -> None:
    assert accept(booking, ada) == "proposed"
    assert not booking.seats.filter(holds=True).exists()
    (mine,) = upcoming(ada, NOW)
    assert (mine.partner, mine.asked_me, mine.asked_by_me) == ("Dora and Ben", False, False)
    assert (mine.asker, mine.waiting_for) == ("Dora", ("Ben",))
    (his,) = upcoming(ben, NOW)
    assert (his.partner, his.part, his.asked_me, his.waiting_for) == ("Ada and Dora", "B", True, ())
    (hers,) = upcoming(dora, NOW)
    assert (hers.asked_by_me, hers.waiting_for) == (True, ("Ben",))


def test_the_last_one_who_accepts_books_it_for_all(
    booking: Booking, ada: User, ben: User, dora: User
) -> None:
    accept(booking, ben)
    assert accept(booking, ada) == "confirmed"
    assert booking.seats.filter(holds=True, starts_at=START).count() == 3
    for user, partners in ((ada, "Dora and Ben"), (ben, "Ada and Dora"), (dora, "Ada and Ben")):
        assert f"your mock interview with {partners} is agreed" in told(user, "confirmed")
        ((mine, others),) = held_since(user, NOW)
        text = calendars.calendar([entry(mine.booking, mine, others)], method="PUBLISH", now=NOW)
        assert f"Mock interview with {partners}" in text.replace("\r\n ", "")


def test_whoever_declines_ends_the_proposal_for_all(
    booking: Booking, ada: User, ben: User, dora: User
) -> None:
    accept(booking, ada)
    bookings.decline(booking=booking, by=ben, now=NOW)
    assert "Ben cannot at the time that you proposed" in told(dora, "declined")
    assert "Ben cannot at the time that Dora proposed" in told(ada, "declined")
    with refused("changed"):
        accept(booking, ada)
    assert upcoming(ada, NOW) == []


def test_who_proposed_takes_it_back(booking: Booking, ada: User, ben: User, dora: User) -> None:
    bookings.decline(booking=booking, by=dora, now=NOW)
    for user in (ada, ben):
        assert "Dora takes back the proposal" in told(user, "declined")


def test_another_time_is_to_be_accepted_by_all_again(
    booking: Booking, ada: User, ben: User, dora: User
) -> None:
    accept(booking, ada)
    later = START + timedelta(hours=1)
    bookings.counter(booking=booking, by=ben, start=later, now=NOW)
    with refused("changed"):
        accept(booking, ada)
    assert bookings.accept(booking=booking, by=dora, start=later, now=NOW).state == "proposed"
    assert bookings.accept(booking=booking, by=ada, start=later, now=NOW).starts_at == later


def test_the_agreed_time_stays_until_all_accept_another(
    all_agree: Booking, ada: User, ben: User, dora: User
) -> None:
    later = START + timedelta(minutes=30)  # both at once would be booked twice
    bookings.counter(booking=all_agree, by=ada, start=later, now=NOW)
    assert "Ada would like to move your interview with Ben too" in told(dora, "proposed")
    bookings.accept(booking=all_agree, by=ben, start=later, now=NOW)
    all_agree.refresh_from_db()
    assert (all_agree.starts_at, all_agree.asked_at) == (START, later)
    bookings.accept(booking=all_agree, by=dora, start=later, now=NOW)
    all_agree.refresh_from_db()
    assert (all_agree.starts_at, all_agree.asked_at) == (later, None)


def test_who_has_another_interview_then_is_told_at_once(booking: Booking, ada: User, cleo: User) -> None:
    agreed(cleo, ada, start=START + timedelta(minutes=30), now=NOW)
    with refused("you_are_booked"):
        accept(booking, ada)


def test_who_was_booked_since_they_accepted_is_not_booked_twice(
    booking: Booking, ada: User, ben: User, cleo: User
) -> None:
    accept(booking, ada)
    agreed(cleo, ada, start=START, now=NOW)
    with refused("time_gone"):
        accept(booking, ben)
    booking.refresh_from_db()
    assert booking.state == "proposed"
    assert booking.seats.get(user=ben).agrees is False


def test_one_who_blocks_another_calls_it_off_for_all(
    all_agree: Booking, panel: Assignment, ada: User, ben: User
) -> None:
    session = booking_rooms.open_room(booking=all_agree, now=START)
    people.block(seat=seat(session, ben), other=seat(session, ada), now=START - timedelta(hours=1))
    all_agree.refresh_from_db()
    assert (all_agree.state, Block.objects.count()) == ("cancelled", 1)
    assert "Ben has cancelled the mock interview with Ada too" in told(panel.interviewer, "cancelled")


def test_the_room_has_the_three_in_their_parts(
    all_agree: Booking, panel: Assignment, ada: User, ben: User, dora: User
) -> None:
    session = booking_rooms.open_room(booking=all_agree, now=START - timedelta(minutes=5))
    panel.refresh_from_db()
    assert (session, session.panel, session.agreed_start) == (panel.session, True, START)
    assert set(session.seats.values_list("user", "role", "part")) == {
        (ada.pk, "candidate", ""),
        (dora.pk, "interviewer", "first"),
        (ben.pk, "interviewer", "second"),
    }


def test_of_two_interviewers_one_is_enough_to_begin(
    all_agree: Booking, ada: User, ben: User, dora: User
) -> None:
    session = booking_rooms.open_room(booking=all_agree, now=START)
    arrive(session, ada, START)
    waiting = awaited_by(seat(session, ada), OVER)
    assert waiting
    assert (waiting.name, waiting.given_up, waiting.alone) == ("Dora and Ben", True, True)
    arrive(session, dora, START)
    assert awaited_by(seat(session, ada), OVER) is None
    absent = absent_from(session)
    assert absent
    assert absent.user == ben
    attendance.reckon(now=OVER)
    assert dict(Attendance.objects.values_list("user", "came")) == {
        ada.pk: True,
        dora.pk: True,
        ben.pk: False,
    }


def test_to_whom_neither_comes_goes_on_alone(all_agree: Booking, ada: User) -> None:
    session = booking_rooms.open_room(booking=all_agree, now=START)
    arrive(session, ada, START)
    alone = attendance.go_alone(seat=seat(session, ada), now=OVER)
    assert (alone.mode, alone.panel, alone.state) == ("solo", False, State.LOBBY)
    assert list(alone.seats.filter(left_at=None).values_list("user", flat=True)) == [ada.pk]


def test_postgres_knows_the_parts_too(booking: Booking, cleo: User) -> None:
    for role, part in ((Role.INTERVIEWER, "first"), (Role.CANDIDATE, "first")):
        with pytest.raises(IntegrityError), transaction.atomic():
            booking.seats.create(user=cleo, role=role, part=part)


def test_a_stranger_to_it_accepts_nothing(booking: Booking, as_cleo: Client) -> None:
    assert (
        as_cleo.post(f"/calendar/bookings/{booking.pk}/accept/", {"start": START.isoformat()}).status_code
        == 404
    )
    booking.refresh_from_db()
    assert seen_by(booking.seats.get(role="candidate"), NOW).waiting_for == ("Ben",)


def test_the_page_says_who_has_still_to_answer(booking: Booking, as_ada: Client, as_ben: Client) -> None:
    page = f"/calendar/bookings/{booking.pk}/"
    asked = as_ada.get(page).content.decode()
    assert "Interview with Dora and Ben" in asked
    assert "Dora proposes" in asked
    done = as_ada.post(f"{page}accept/", {"start": START.isoformat()}, follow=True).content.decode()
    assert "Nothing is booked before all of you have" in done
    assert "Ben has not answered yet" in done
    assert "Accept</button>" not in done
    agreed_by_all = as_ben.post(f"{page}accept/", {"start": START.isoformat()}, follow=True).content.decode()
    assert "It is agreed" in agreed_by_all
    assert "you: interviewer, part B" in agreed_by_all
    assert "the case that was set" in agreed_by_all


def test_the_groups_page_offers_a_panel_a_time(panel: Assignment, as_ada: Client) -> None:
    assert f"/groups/{panel.group_id}/rota/{panel.pk}/time/" in as_ada.get("/sessions/").content.decode()
    shown = as_ada.get(f"/groups/{panel.group_id}/rota/{panel.pk}/time/").content.decode()
    assert "Dora and Ben interview you" in shown
    assert "Dora and Ben are asked by mail" in shown

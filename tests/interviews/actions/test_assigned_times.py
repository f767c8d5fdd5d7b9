"""A time for an interview that a group has set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from casebank.models import Case
from interviews.actions import assignments, booking_rooms, bookings, groups, sessions
from interviews.errors import Refused
from interviews.models import Assignment, Booking, Group, OutgoingMail
from interviews.queries.groups import Row, to_do
from mlsd_site.accounts.models import User
from tests.interviews.programme import NOW, terms

pytestmark = pytest.mark.django_db
START = (NOW + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def one(group: Group, ben: User, ada: User, dora: User) -> Assignment:
    """Ben sets that Dora interviews Ada."""
    return add(group, ben, ada, dora)


def add(group: Group, by: User, *people: User) -> Assignment:
    case = Case.objects.get(slug="case-2")
    ids = [one.pk for one in people]
    return assignments.add(group=group, by=by, people=ids, case=case, terms=terms(), now=NOW)


def propose(one: Assignment, by: User) -> Booking:
    return assignments.propose(group=one.group, assignment_id=one.pk, by=by, start=START, now=NOW)


def agree(one: Assignment, by: User, other: User) -> Booking:
    return bookings.accept(booking=propose(one, by), by=other, start=START, now=NOW)


def row(user: User) -> Row:
    return to_do(user, NOW)[0]


def test_the_other_accepts_and_the_room_is_the_assignments(one: Assignment, ada: User, dora: User) -> None:
    booking = agree(one, dora, ada)
    assert (row(ada).is_agreed, row(ada).may_begin) == (True, False)
    session = booking_rooms.open_room(booking=booking, now=START - timedelta(minutes=5))
    one.refresh_from_db()
    assert one.session == session
    assert session.case_version.case == one.case
    assert session.agreed_start == START
    assert dict(session.seats.values_list("user", "role")) == {ada.pk: "candidate", dora.pk: "interviewer"}
    again = assignments.start(group=one.group, assignment_id=one.pk, by=dora, now=START)
    assert again == session


def test_a_room_that_was_given_up_is_made_again(one: Assignment, ada: User, dora: User) -> None:
    booking = agree(one, ada, dora)
    first = booking_rooms.open_room(booking=booking, now=START)
    sessions.abandon(session=first, by=first.seats.get(user=ada), now=START)
    booking.refresh_from_db()
    second = booking_rooms.open_room(booking=booking, now=START + timedelta(minutes=1))
    one.refresh_from_db()
    assert first != second == one.session


def test_what_has_a_time_is_not_begun_before(one: Assignment, ada: User, dora: User) -> None:
    agree(one, dora, ada)
    with pytest.raises(Refused, match="agreed on a time"):
        assignments.start(group=one.group, assignment_id=one.pk, by=ada, now=NOW)


def test_beginning_at_once_drops_what_is_only_proposed(one: Assignment, ada: User, dora: User) -> None:
    booking = propose(one, dora)
    assignments.start(group=one.group, assignment_id=one.pk, by=ada, now=NOW)
    with pytest.raises(Refused):
        bookings.accept(booking=booking, by=ada, start=START, now=NOW)
    with pytest.raises(Refused, match="has begun"):
        propose(one, dora)


def test_one_time_at_once(one: Assignment, ada: User, dora: User) -> None:
    booking = propose(one, dora)
    with pytest.raises(Refused, match="already"):
        propose(one, ada)
    bookings.decline(booking=booking, by=ada, now=NOW)
    assert propose(one, ada).state == "proposed"


@pytest.mark.parametrize("how", ["withdrawn", "closed"])
def test_with_the_assignment_goes_its_time(
    how: str, one: Assignment, ben: User, ada: User, dora: User
) -> None:
    booking = agree(one, dora, ada)
    if how == "withdrawn":
        assignments.withdraw(group=one.group, assignment_id=one.pk, by=ben, now=NOW)
    else:
        groups.close(group=one.group, now=NOW)
    booking.refresh_from_db()
    assert (booking.state, booking.assignment) == ("cancelled", one if how == "closed" else None)
    told = OutgoingMail.objects.filter(subject__startswith="Cancelled", body__contains="is not set any more")
    assert {mail.to for mail in told} == {ada.email, dora.email}
    assert not booking.seats.filter(holds=True).exists()


def test_nobody_else_proposes(one: Assignment, ben: User, cleo: User) -> None:
    for stranger in (ben, cleo):
        with pytest.raises(Refused) as refused:
            propose(one, stranger)
        assert refused.value.status == 404


def test_the_page_asks_for_a_time_and_shows_it(
    one: Assignment, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    page = f"/groups/{one.group_id}/rota/{one.pk}/time/"
    for stranger in (as_ben, as_cleo):
        assert stranger.get(page).status_code == 404
        assert stranger.post(page, {}).status_code == 404
    asked = as_ada.get(page)
    assert asked.status_code == 200
    assert "Case 2" not in asked.content.decode()
    assert as_ada.post(page, {"day": "2020-01-01", "at": "10:00"}).status_code == 422
    made = as_ada.post(page, {"day": f"{START:%Y-%m-%d}", "at": "18:00"})
    booking = Booking.objects.get()
    assert made["Location"] == f"/calendar/bookings/{booking.pk}/"
    for path in ("/", "/sessions/", f"/groups/{one.group_id}/"):
        assert made["Location"] in as_ada.get(path).content.decode()
    assert as_ada.get(page).status_code == 404

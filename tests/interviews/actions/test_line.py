from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casebank.actions import seen
from casebank.models import CaseVersion
from interviews.actions import line, matching
from interviews.errors import Refused
from interviews.models import Attendance, Match, Seat, Session, Ticket
from interviews.queries import line as queue
from interviews.rules import pairing
from mlsd_site.accounts.models import User
from tests.interviews.waiting import both_accept, join, offered, state_of, wish

NOW = timezone.now()
SOON = NOW + timedelta(seconds=20)


def test_joining_twice_keeps_the_place(ada: User, case_version: CaseVersion) -> None:
    first = join(ada, "candidate", NOW)
    assert join(ada, "interviewer", SOON) == first
    assert Ticket.objects.get().since == NOW


def test_postgres_refuses_a_second_open_ticket(ada: User, case_version: CaseVersion) -> None:
    ticket = join(ada, "candidate", NOW)
    ticket.pk = None
    with pytest.raises(IntegrityError, match="one_open_ticket_per_person"), transaction.atomic():
        ticket.save(force_insert=True)


def test_who_is_in_a_running_session_cannot_wait(live: Session, ada: User, ben: User) -> None:
    for user in (ada, ben):
        with pytest.raises(Refused, match="running session"):
            join(user, "interviewer", NOW)
    assert not Ticket.objects.exists()


def test_who_is_awaited_in_a_room_cannot_wait_for_another(
    ada: User, ben: User, case_version: CaseVersion
) -> None:
    both_accept(offered(ada, ben, NOW), SOON)
    with pytest.raises(Refused, match="waits for you"):
        join(ben, "interviewer", SOON)


def test_who_knows_every_case_can_only_interview(ada: User, case_version: CaseVersion) -> None:
    seen.mark(case_id=case_version.case_id, ways={ada.pk: "guide"}, now=NOW)
    with pytest.raises(Refused, match="You know every case"):
        join(ada, "candidate", NOW)
    with pytest.raises(Refused, match="You know every case"):
        join(ada, "interviewer", NOW, swap="yes")
    assert join(ada, "either", NOW, swap="either").role == "either"


def test_two_no_shows_pause(ada: User, ben: User, case_version: CaseVersion) -> None:
    for days in (2, 1):
        session = both_accept(offered(ada, ben, NOW, again=True), NOW)
        Session.objects.filter(pk=session.pk).update(state="ended", ended_at=NOW, end_reason="abandoned")
        Match.objects.update(closed_at=NOW - timedelta(days=30))
        Attendance.objects.create(
            session=session, user=ada, agreed_start=NOW - timedelta(days=days), came=False
        )
    until = NOW - timedelta(days=1) + timedelta(minutes=10, days=7)
    with pytest.raises(Refused, match=f"neither matched nor booked until {until:%-d %B, %H:%M} UTC"):
        join(ada, "candidate", NOW)
    assert join(ada, "candidate", until)


def test_leaving_is_at_once_and_twice_is_nothing(ada: User, case_version: CaseVersion) -> None:
    join(ada, "candidate", NOW)
    assert line.leave(by=ada, now=SOON)
    assert not line.leave(by=ada, now=SOON)
    assert state_of(ada) == ("closed", "left")


def test_who_leaves_an_offer_sends_the_other_back_in_front(
    ada: User, ben: User, case_version: CaseVersion
) -> None:
    match = offered(ada, ben, NOW)
    matching.accept(match_id=match.pk, by=ada, now=SOON)
    line.leave(by=ben, now=SOON)
    assert state_of(ben) == ("closed", "left")
    assert state_of(ada) == ("waiting", "refused")
    ticket = Ticket.objects.get(user=ada)
    assert (ticket.front, ticket.since) == (True, NOW)


def test_a_page_that_asks_keeps_its_place(ada: User, ben: User, case_version: CaseVersion) -> None:
    join(ada, "candidate", NOW)
    later = NOW + pairing.SILENCE
    join(ben, "interviewer", later)
    assert matching.match_waiting(now=later) == 0  # nobody is at Ada's page any more, as it seems
    line.keep(by=ada, now=later)
    assert matching.match_waiting(now=later) == 1


def test_who_went_is_sent_away(ada: User, ben: User, case_version: CaseVersion) -> None:
    join(ada, "candidate", NOW)
    assert matching.tend(now=NOW + timedelta(minutes=2)) == 0
    assert state_of(ada) == ("waiting", "")
    matching.tend(now=NOW + timedelta(minutes=3))
    assert state_of(ada) == ("closed", "gone")


def test_who_begins_another_session_is_out_of_the_line(
    lobby: Session, ada: User, ben: User, cleo: User
) -> None:
    from interviews.actions import sessions

    join(ben, "interviewer", NOW)
    sessions.start(session=lobby, by=lobby.seats.get(user=ben), now=NOW)
    join(cleo, "interviewer", NOW)
    matching.tend(now=SOON)
    assert state_of(ben) == ("closed", "busy")
    assert state_of(cleo) == ("waiting", "")


def test_who_is_awaited_in_a_booked_room_cannot_wait_for_another(lobby: Session, ada: User) -> None:
    Session.objects.update(agreed_start=NOW)
    with pytest.raises(Refused, match="waits for you"):
        join(ada, "interviewer", SOON)
    assert not Ticket.objects.exists()


def test_who_comes_back_while_in_the_line_moves_to_the_front(ada: User, case_version: CaseVersion) -> None:
    join(ada, "candidate", SOON)
    line.come_back(by=ada, wish=wish("candidate"), since=NOW, news="absent", now=SOON)
    ticket = Ticket.objects.get()
    assert (ticket.front, ticket.since, ticket.news) == (True, NOW, "absent")


def test_a_meeting_of_three_keeps_each_apart_from_each(
    lobby: Session, ada: User, ben: User, cleo: User
) -> None:
    lobby.seats.filter(user=ben).update(part="first")
    Seat.objects.create(session=lobby, user=cleo, role="interviewer", part="second")
    Session.objects.update(agreed_start=NOW, state="ended", ended_at=NOW, end_reason="abandoned")
    tickets = [join(user, "either", NOW) for user in (ada, ben, cleo)]
    everybody = {ada.pk, ben.pk, cleo.pk}
    assert {one.id: one.met for one in queue.as_waiting(tickets, NOW)} == {
        one: everybody - {one} for one in everybody
    }

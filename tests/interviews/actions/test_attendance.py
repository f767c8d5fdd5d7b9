from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casebank.models import CaseVersion
from interviews.actions import attendance, sessions
from interviews.errors import Refused
from interviews.models import Attendance, Mode, Seat, Session, State, Swap, Ticket
from interviews.queries.attendance import awaited_by
from interviews.queries.next_case import case_for
from interviews.queries.reliability import reliability_of
from mlsd_site.accounts.models import User
from tests.casebank.shelf import case
from tests.interviews.waiting import arrive, both_accept, join, offered

NOW = timezone.now()
SOON = NOW + timedelta(minutes=9, seconds=59)
OVER = NOW + timedelta(minutes=10)


@pytest.fixture
def agreed(ada: User, ben: User, case_version: CaseVersion) -> Session:
    """Ada and Ben have just accepted each other."""
    return both_accept(offered(ada, ben, NOW - timedelta(seconds=30)), NOW)


def seat(session: Session, user: User) -> Seat:
    return session.seats.select_related("session", "user").get(user=user)


def came(session: Session) -> dict[str, bool]:
    return {one.user.display_name: one.came for one in Attendance.objects.filter(session=session)}


def test_who_comes_counts_and_who_does_not_counts_too(agreed: Session, ada: User, ben: User) -> None:
    arrive(agreed, ada, NOW)
    assert attendance.reckon(now=SOON) == 0
    assert attendance.reckon(now=OVER) == 1
    assert attendance.reckon(now=OVER) == 0
    assert came(agreed) == {"Ada": True, "Ben": False}
    assert reliability_of(ada.pk) == (1, 1)
    assert reliability_of(ben.pk) == (0, 1)


def test_both_there_and_at_work(agreed: Session, ada: User, ben: User) -> None:
    for user in (ada, ben):
        arrive(agreed, user, SOON)
    sessions.start(session=agreed, by=seat(agreed, ben), now=SOON)
    attendance.reckon(now=OVER)
    assert came(agreed) == {"Ada": True, "Ben": True}


def test_who_was_late_and_held_the_interview_after_all_came(agreed: Session, ada: User, ben: User) -> None:
    arrive(agreed, ada, NOW)
    attendance.reckon(now=OVER)
    arrive(agreed, ben, OVER + timedelta(minutes=1))
    assert reliability_of(ben.pk) == (0, 1)
    sessions.start(session=agreed, by=seat(agreed, ben), now=OVER + timedelta(minutes=2))
    assert reliability_of(ben.pk) == (1, 1)


def test_a_session_to_which_nobody_came_is_given_up(agreed: Session, ada: User) -> None:
    attendance.reckon(now=OVER)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.end_reason) == (State.ENDED, "abandoned")
    assert reliability_of(ada.pk) == (0, 1)


def test_what_was_given_up_in_time_counts_for_nobody(agreed: Session, ada: User) -> None:
    sessions.abandon(session=agreed, by=seat(agreed, ada), now=SOON)
    assert attendance.reckon(now=OVER) == 0


def test_nothing_is_reckoned_where_nothing_was_agreed(lobby: Session, ada: User) -> None:
    arrive(lobby, ada, NOW)
    assert attendance.reckon(now=NOW + timedelta(days=9)) == 0
    assert awaited_by(seat(lobby, ada), NOW) is None


def test_until_the_grace_is_over_one_waits(agreed: Session, ada: User) -> None:
    arrive(agreed, ada, NOW)
    awaited = awaited_by(seat(agreed, ada), SOON)
    assert awaited
    assert (awaited.name, awaited.until, awaited.given_up) == ("Ben", OVER, False)
    for verb in (attendance.find_another, attendance.go_alone):
        with pytest.raises(Refused, match="still has time"):
            verb(seat=seat(agreed, ada), now=SOON)


def test_the_one_who_came_stands_first_in_line_again(agreed: Session, ada: User, ben: User) -> None:
    arrive(agreed, ada, NOW)
    ticket = attendance.find_another(seat=seat(agreed, ada), now=OVER)
    assert (ticket.front, ticket.since, ticket.news) == (True, NOW - timedelta(seconds=30), "absent")
    assert (ticket.role, ticket.level) == ("candidate", "senior")
    agreed.refresh_from_db()
    assert agreed.end_reason == "abandoned"
    assert reliability_of(ben.pk) == (0, 1)
    assert Ticket.objects.filter(state="waiting").count() == 1


def test_the_candidate_goes_on_alone(agreed: Session, ada: User, ben: User) -> None:
    arrive(agreed, ada, NOW)
    session = attendance.go_alone(seat=seat(agreed, ada), now=OVER)
    assert session.mode == Mode.SOLO
    assert seat(session, ben).left_at == OVER
    assert sessions.start(session=session, by=seat(session, ada), now=OVER).state == State.LIVE
    assert came(session) == {"Ada": True, "Ben": False}


def test_an_interviewer_does_not_go_on_alone(agreed: Session, ben: User) -> None:
    arrive(agreed, ben, NOW)
    with pytest.raises(Refused, match="only be the candidate"):
        attendance.go_alone(seat=seat(agreed, ben), now=OVER)
    assert attendance.find_another(seat=seat(agreed, ben), now=OVER).role == "interviewer"


def test_who_did_not_come_either_is_offered_nothing(agreed: Session, ada: User, ben: User) -> None:
    arrive(agreed, ada, NOW)
    with pytest.raises(Refused):
        attendance.find_another(seat=seat(agreed, ben), now=OVER)


def test_a_partner_who_has_come_is_not_given_up(agreed: Session, ada: User, ben: User) -> None:
    arrive(agreed, ada, NOW)
    arrive(agreed, ben, OVER)
    with pytest.raises(Refused, match="has come"):
        attendance.find_another(seat=seat(agreed, ada), now=OVER)


def test_a_look_at_the_room_days_before_is_not_coming(agreed: Session, ada: User) -> None:
    Session.objects.update(agreed_start=NOW + timedelta(days=2))
    arrive(agreed, ada, NOW)
    assert seat(agreed, ada).came_at is None


def test_alone_there_is_no_second_half_and_the_plan_is_whole_again(
    agreed: Session, ada: User, case_version: CaseVersion
) -> None:
    whole = agreed.plan
    halved = [{**step, "minutes": 1} for step in whole]
    Session.objects.update(swap=Swap.HALF, plan=halved)
    arrive(agreed, ada, NOW)
    session = attendance.go_alone(seat=seat(agreed, ada), now=OVER)
    session.refresh_from_db()
    assert (session.mode, session.swap, session.plan) == (Mode.SOLO, "", whole)


def test_who_only_watched_does_not_keep_a_room_open(agreed: Session, cleo: User) -> None:
    Seat.objects.create(session=agreed, user=cleo, role="observer", came_at=NOW)
    attendance.reckon(now=OVER)
    agreed.refresh_from_db()
    assert agreed.state == State.ENDED


def test_a_room_in_which_one_waited_is_given_up_after_an_hour(agreed: Session, ada: User, ben: User) -> None:
    arrive(agreed, ada, NOW)
    for minutes, state in ((59, State.LOBBY), (60, State.ENDED)):
        attendance.reckon(now=NOW + timedelta(minutes=minutes))
        agreed.refresh_from_db()
        assert agreed.state == state
    assert came(agreed) == {"Ada": True, "Ben": False}
    assert join(ada, "candidate", NOW + timedelta(hours=1))


def test_what_lies_more_than_a_week_back_is_left_as_it_is(agreed: Session) -> None:
    assert attendance.reckon(now=NOW + timedelta(days=7)) == 0


def test_a_partner_whose_account_is_gone_is_not_waited_for(agreed: Session, ada: User, ben: User) -> None:
    for user in (ada, ben):
        arrive(agreed, user, NOW)
    ben.delete()
    awaited = awaited_by(seat(agreed, ada), SOON)
    assert awaited
    assert (awaited.name, awaited.given_up) == ("", True)
    session = attendance.go_alone(seat=seat(agreed, ada), now=SOON)
    assert awaited_by(seat(session, ada), SOON) is None


def test_who_has_read_the_prompt_is_asked_another_case(agreed: Session, ada: User, ben: User) -> None:
    arrive(agreed, ada, NOW)
    attendance.find_another(seat=seat(agreed, ada), now=OVER)
    other = case("another")
    assert case_for(ada, [ben], "senior") == other


def test_after_a_booked_session_the_last_wish_holds(lobby: Session, ada: User) -> None:
    join(ada, "interviewer", NOW, language="de")
    Ticket.objects.update(state="closed", ending="left", closed_at=NOW)
    Session.objects.update(agreed_start=NOW)
    lobby.refresh_from_db()
    arrive(lobby, ada, NOW)
    ticket = attendance.find_another(seat=seat(lobby, ada), now=OVER)
    assert (ticket.role, ticket.language, ticket.framework) == ("candidate", "de", "")

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from interviews.actions import notes, sessions
from interviews.errors import Refused
from interviews.models import EndReason, Event, Mode, ScoreJob, State, Submission
from mlsd_site.accounts.models import User
from tests.interviews.stage import alone, pair
from whiteboard.models import Board

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTES = timedelta(minutes=1)


def open_until(board: Board) -> object:
    return Board.objects.get(pk=board.pk).open_until


def test_a_new_session_waits_with_a_closed_board(ada: User) -> None:
    session = alone(ada)
    assert session.state == State.LOBBY
    assert open_until(session.board) is None
    assert sum(step["minutes"] for step in session.plan) == 45


def test_alone_one_can_only_be_the_candidate(ada: User) -> None:
    session = alone(ada)
    with pytest.raises(Refused, match="only sit as the candidate"):
        sessions.create(
            by=ada,
            version=session.case_version,
            mode=Mode.SOLO,
            role="interviewer",  # type: ignore[arg-type]
            framework="seven-step",
            level="senior",
            now=NOW,
        )


def test_the_interviewer_starts_the_clock_and_opens_the_board(ada: User, ben: User) -> None:
    two = pair(ada, ben)
    session = sessions.start(session=two.session, by=two.interviewer, now=NOW)
    assert session.deadline_at == NOW + 45 * MINUTES
    assert open_until(session.board) == session.deadline_at
    assert set(session.seats.values_list("is_live", flat=True)) == {True}


def test_starting_twice_changes_nothing(ada: User, ben: User) -> None:
    two = pair(ada, ben)
    sessions.start(session=two.session, by=two.interviewer, now=NOW)
    again = sessions.start(session=two.session, by=two.interviewer, now=NOW + MINUTES)
    assert again.started_at == NOW
    assert Event.objects.filter(session=again, kind="started").count() == 1


def test_a_candidate_with_a_partner_cannot_start(ada: User, ben: User) -> None:
    two = pair(ada, ben)
    with pytest.raises(Refused) as refused:
        sessions.start(session=two.session, by=two.candidate, now=NOW)
    assert refused.value.status == 403


@pytest.mark.asvs("2.3.1")
def test_a_session_for_two_does_not_start_with_one(ada: User) -> None:
    session = alone(ada, mode=Mode.PEER)
    seat = session.seats.get()
    seat.role = "interviewer"
    with pytest.raises(Refused, match="has not taken a seat"):
        sessions.start(session=session, by=seat, now=NOW)


def test_nobody_sits_in_two_live_sessions(ada: User) -> None:
    first, second = alone(ada), alone(ada)
    sessions.start(session=first, by=first.seats.get(), now=NOW)
    with pytest.raises(Refused, match="another running session"):
        sessions.start(session=second, by=second.seats.get(), now=NOW)
    second.refresh_from_db()
    assert second.state == State.LOBBY


def test_pausing_stops_the_clock_and_closes_the_board(ada: User) -> None:
    session = alone(ada)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    sessions.pause(session=session, by=seat, now=NOW + 5 * MINUTES, reason="doorbell")
    assert open_until(session.board) is None
    resumed = sessions.resume(session=session, by=seat, now=NOW + 15 * MINUTES)
    assert resumed.deadline_at == NOW + 55 * MINUTES
    assert open_until(session.board) == resumed.deadline_at


def test_pausing_twice_changes_nothing(ada: User) -> None:
    session = alone(ada)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    sessions.pause(session=session, by=seat, now=NOW + MINUTES)
    assert sessions.pause(session=session, by=seat, now=NOW + 2 * MINUTES).paused_at == NOW + MINUTES


def test_submitting_snapshots_and_queues_one_score(ada: User) -> None:
    session = alone(ada)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    notes.save(seat=seat, step="clarify", text="120M people", base=0, now=NOW + MINUTES)
    sessions.submit(session=session, by=seat, now=NOW + 2 * MINUTES)
    again = sessions.submit(session=session, by=seat, now=NOW + 3 * MINUTES)
    assert again.end_reason == EndReason.SUBMITTED
    assert again.ended_at == NOW + 2 * MINUTES
    submission = Submission.objects.get(session=session)
    assert submission.notes["clarify"] == "120M people"
    assert ScoreJob.objects.filter(submission=submission).count() == 1
    assert open_until(session.board) is None


def test_the_sweep_closes_at_the_deadline_once(ada: User) -> None:
    session = alone(ada)
    sessions.start(session=session, by=session.seats.get(), now=NOW)
    assert sessions.close_overdue(now=NOW + 44 * MINUTES) == 0
    assert sessions.close_overdue(now=NOW + 46 * MINUTES) == 1
    assert sessions.close_overdue(now=NOW + 47 * MINUTES) == 0
    session.refresh_from_db()
    assert (session.end_reason, session.ended_at) == (EndReason.DEADLINE, NOW + 45 * MINUTES)


def test_submitting_after_the_deadline_hands_in_what_was_there(ada: User) -> None:
    session = alone(ada)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    ended = sessions.submit(session=session, by=seat, now=NOW + 50 * MINUTES)
    assert ended.end_reason == EndReason.DEADLINE
    assert Submission.objects.filter(session=session).count() == 1


def test_a_paused_session_is_not_overdue(ada: User) -> None:
    session = alone(ada)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    sessions.pause(session=session, by=seat, now=NOW + MINUTES)
    assert sessions.close_overdue(now=NOW + 100 * MINUTES) == 0


def test_a_submission_never_changes(ada: User) -> None:
    session = alone(ada)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    sessions.submit(session=session, by=seat, now=NOW + MINUTES)
    with pytest.raises(Error, match="never change"), transaction.atomic():
        Submission.objects.update(notes={})


def test_after_the_end_a_person_is_free_for_the_next(ada: User) -> None:
    first, second = alone(ada), alone(ada)
    seat = first.seats.get()
    sessions.start(session=first, by=seat, now=NOW)
    sessions.submit(session=first, by=seat, now=NOW + MINUTES)
    assert sessions.start(session=second, by=second.seats.get(), now=NOW + MINUTES).state == State.LIVE

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from interviews.actions import extensions, sessions
from interviews.errors import Refused
from interviews.models import Event, Extension, Seat, Session
from interviews.queries.extensions import waiting_in
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, alone, pair
from whiteboard.models import Board

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTES = timedelta(minutes=1)


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    """Ada and Ben at work since NOW."""
    two = pair(ada, ben, now=NOW)
    two.session = sessions.start(session=two.session, by=two.interviewer, now=NOW)
    return two


def ask(seat: Seat, minutes: int = 5, *, at: int = 10) -> Session:
    return extensions.ask(session=seat.session, by=seat, minutes=minutes, now=NOW + at * MINUTES)


def answer(seat: Seat, *, yes: bool, at: int = 11) -> Session:
    found = Extension.objects.latest("pk").pk
    return extensions.answer(session=seat.session, by=seat, extension=found, yes=yes, now=NOW + at * MINUTES)


def kinds(session: Session) -> list[str]:
    return [
        one for one in Event.objects.filter(session=session).values_list("kind", flat=True) if "exten" in one
    ]


def test_time_is_added_when_the_other_agrees(two: Pair) -> None:
    assert ask(two.candidate).deadline_at == NOW + 45 * MINUTES
    session = answer(two.interviewer, yes=True)
    assert session.deadline_at == NOW + 50 * MINUTES
    assert Board.objects.get(pk=session.board_id).open_until == session.deadline_at
    assert kinds(session) == ["extension_asked", "extended"]
    assert sessions.close_overdue(now=NOW + 46 * MINUTES) == 0
    assert sessions.close_overdue(now=NOW + 51 * MINUTES) == 1


def test_agreeing_twice_adds_once(two: Pair) -> None:
    ask(two.candidate)
    answer(two.interviewer, yes=True)
    assert answer(two.interviewer, yes=True).extended_seconds == 300


def test_both_asking_for_the_same_is_agreeing(two: Pair) -> None:
    ask(two.candidate, 10)
    assert ask(two.interviewer, 10).extended_seconds == 600


def test_asking_twice_asks_once(two: Pair) -> None:
    ask(two.candidate)
    assert kinds(ask(two.candidate)) == ["extension_asked"]


def test_declined_time_is_not_added_and_may_be_asked_for_again(two: Pair) -> None:
    ask(two.candidate)
    assert answer(two.interviewer, yes=False).extended_seconds == 0
    ask(two.candidate, 10, at=20)
    assert answer(two.interviewer, yes=True, at=21).extended_seconds == 600


def test_what_was_taken_back_cannot_be_agreed_to(two: Pair) -> None:
    ask(two.candidate)
    answer(two.candidate, yes=False)
    with pytest.raises(Refused, match="not being asked for any more"):
        answer(two.interviewer, yes=True)


def test_nobody_agrees_to_their_own_wish(two: Pair) -> None:
    ask(two.candidate)
    with pytest.raises(Refused, match="other side"):
        answer(two.candidate, yes=True)


def test_time_is_added_once_in_a_session(two: Pair) -> None:
    ask(two.candidate)
    answer(two.interviewer, yes=True)
    with pytest.raises(Refused, match="happens once"):
        ask(two.interviewer, at=20)


def test_alone_it_is_taken_at_once(ada: User) -> None:
    session = alone(ada, now=NOW)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    assert ask(seat).deadline_at == NOW + 50 * MINUTES


def test_a_wish_lapses_at_the_deadline(two: Pair) -> None:
    ask(two.candidate)
    assert waiting_in(two.session, NOW + 46 * MINUTES) is None
    with pytest.raises(Refused, match="not running"):
        answer(two.interviewer, yes=True, at=46)


def test_in_a_pause_time_is_added_and_the_board_stays_closed(two: Pair) -> None:
    sessions.pause(session=two.session, by=two.interviewer, now=NOW + 5 * MINUTES)
    ask(two.candidate)
    answer(two.interviewer, yes=True)
    assert Board.objects.get(pk=two.session.board_id).open_until is None
    resumed = sessions.resume(session=two.session, by=two.interviewer, now=NOW + 15 * MINUTES)
    assert resumed.deadline_at == NOW + 60 * MINUTES


def test_before_the_start_and_after_the_end_none_is_added(ada: User, ben: User) -> None:
    two = pair(ada, ben, now=NOW)
    with pytest.raises(Refused, match="not running"):
        ask(two.candidate)
    sessions.start(session=two.session, by=two.interviewer, now=NOW)
    sessions.submit(session=two.session, by=two.candidate, now=NOW + MINUTES)
    with pytest.raises(Refused, match="not running"):
        ask(two.candidate)


def test_postgres_refuses_a_second_extension(two: Pair) -> None:
    ask(two.candidate)
    answer(two.interviewer, yes=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            session=two.session,
            minutes=5,
            asked_by=two.candidate,
            asked_at=NOW,
            answer="agreed",
            answered_at=NOW,
        )


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """Runs the verbs in threads of their own; what each returned or was refused with."""

    def run(verb: Callable[[], object]) -> object:
        try:
            return verb()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as threads:
        return list(threads.map(run, verbs))


@pytest.mark.django_db(transaction=True)
def test_when_both_ask_at_once_time_is_added_once(ada: User, ben: User) -> None:
    two = pair(ada, ben, now=NOW)
    sessions.start(session=two.session, by=two.interviewer, now=NOW)
    at_once(lambda: ask(two.candidate), lambda: ask(two.interviewer), lambda: ask(two.candidate))
    session = Session.objects.get(pk=two.session.pk)
    assert (session.extended_seconds, session.deadline_at) == (300, NOW + 50 * MINUTES)
    assert kinds(session).count("extended") == 1


@pytest.mark.django_db(transaction=True)
def test_agreeing_and_taking_back_at_once_come_to_one_end(ada: User, ben: User) -> None:
    two = pair(ada, ben, now=NOW)
    sessions.start(session=two.session, by=two.interviewer, now=NOW)
    ask(two.candidate)
    at_once(lambda: answer(two.interviewer, yes=True), lambda: answer(two.candidate, yes=False))
    session, found = Session.objects.get(pk=two.session.pk), Extension.objects.get()
    assert (session.extended_seconds, found.answer) in [(300, "agreed"), (0, "withdrawn")]

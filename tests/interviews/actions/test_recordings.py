from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.utils import timezone

from interviews.actions import recordings, sessions
from interviews.models import Seat, Session
from mlsd_site.accounts.models import User
from mlsd_site.celery import app
from tests.interviews.stage import alone
from tests.whiteboard.drawing import box
from whiteboard.actions import paint
from whiteboard.models import Delta, Recording

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def eager() -> Iterator[None]:
    """Celery's tasks run at once, in this process."""
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = before


def running(user: User) -> tuple[Session, Seat]:
    session = alone(user, now=NOW)
    seat = session.seats.get()
    session = sessions.start(session=session, by=seat, now=NOW)
    paint(board=session.board, elements=[box("b1")], author_id=user.pk, now=NOW)
    return session, seat


def test_the_sweep_packs_what_has_ended_and_nothing_else(ada: User, ben: User) -> None:
    ended, seat = running(ada)
    paused, other = running(ben)
    sessions.submit(session=ended, by=seat, now=NOW)
    sessions.pause(session=paused, by=other, now=NOW)
    assert recordings.sweep(now=NOW) == 1
    assert Recording.objects.get().board_id == ended.board_id
    assert Delta.objects.get().board_id == paused.board_id
    assert recordings.sweep(now=NOW) == 0


def test_one_that_cannot_be_packed_does_not_stop_the_others(
    ada: User, ben: User, caplog: pytest.LogCaptureFixture
) -> None:
    for user in (ada, ben):
        session, seat = running(user)
        sessions.submit(session=session, by=seat, now=NOW)
    session.board.elements.update(data=box("b1", x=9))
    assert recordings.sweep(now=NOW) == 1
    assert "stays unpacked" in caplog.text
    assert Delta.objects.get().board_id == session.board_id


def test_the_end_of_a_session_nudges_a_worker(
    ada: User,
    eager: None,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    session, seat = running(ada)
    with django_capture_on_commit_callbacks(execute=True):
        sessions.submit(session=session, by=seat, now=NOW)
    assert Recording.objects.filter(board_id=session.board_id).exists()

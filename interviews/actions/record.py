"""Writing to a session's log, and telling its sockets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from interviews.models import Event, PrivateEvent, Role, Seat, Session, State
from interviews.queries import news
from interviews.queries.clock import clock_message, ended_message
from whiteboard.live import bus


def log(session: Session, kind: str, *, by: Seat | None, now: datetime, **data: Any) -> Event:
    """Append what everybody in the session may know. Open rooms hear that it happened, and fetch what it changed."""
    event = Event.objects.create(session=session, kind=kind, seat=by, at=now, data=data)
    tell(session, news.message([event]))
    return event


def log_private(session: Session, kind: str, *, by: Seat, now: datetime, **data: Any) -> PrivateEvent:
    """Append what only interviewers may know; only their rooms hear of it."""
    event = PrivateEvent.objects.create(session=session, kind=kind, seat=by, at=now, data=data)
    tell(session, news.message([event]), audience=Role.INTERVIEWER)
    return event


def tell(session: Session, message: dict[str, Any], *, audience: str = "all") -> None:
    """Send `message` to the session's open sockets once this transaction is committed.

    A lost message harms nobody: each room also looks at Postgres every two seconds.
    """
    board = session.board_id
    transaction.on_commit(lambda: bus.announce(board, message, audience=audience))


def tell_clock(session: Session, now: datetime) -> None:
    """Send what the clock shows from now on."""
    tell(session, clock_message(session, now))
    if session.state == State.ENDED:
        tell(session, ended_message(session))

"""A session's drawing, as it stands or was handed in."""

from __future__ import annotations

from datetime import datetime

from interviews.models import Seat, Session, State, Submission
from interviews.queries import room
from interviews.queries.clock import clock_of
from interviews.queries.scorer_input import own_drawing
from interviews.rules import seats
from whiteboard.rules import Element


def drawing(session: Session) -> list[Element]:
    """The living elements of everybody: as submitted, or as they stand."""
    handed_in = _handed_in(session)
    return handed_in.board if handed_in else room.drawn(session)


def candidates_drawing(session: Session) -> list[Element]:
    """The same, less what an interviewer drew: that is no part of the candidate's system."""
    handed_in = _handed_in(session)
    return own_drawing(handed_in) if handed_in else room.drawn_by_candidate(session)


def _handed_in(session: Session) -> Submission | None:
    return Submission.objects.filter(session=session).first() if session.state == State.ENDED else None


def draws_now(seat: Seat, now: datetime) -> bool:
    """Whether this seat's edits are taken at the moment."""
    return (
        seats.may_draw(seat.role, interviewer_draws=seat.session.interviewer_draws)
        and clock_of(seat.session).at(now).can_edit
    )

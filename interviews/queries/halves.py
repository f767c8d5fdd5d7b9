"""The two halves of a meeting in which the roles swap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from interviews.models import Role, Seat, Session, State
from interviews.queries.feedback import Stands, stands
from interviews.rules import swap


@dataclass(frozen=True, slots=True)
class Halves:
    """Which half a session is (1 or 2), and the other one where there is one. `opens` if this seat can open the second
    now. `next_candidate` designs in the second half; `next_is_you`: that is this seat. `between`: the first is over and
    the second is still to come or under way, so that whatever is written about the first can wait."""

    number: int
    other: Session | None
    opens: bool
    next_candidate: str
    next_is_you: bool
    between: bool


@dataclass(frozen=True, slots=True)
class Half:
    """An ended half as one who sat in it looks back: who designed ("" for oneself), and how far their feedback is."""

    number: int
    session: Session
    designer: str
    stands: Stands


def halves_of(seat: Seat, now: datetime) -> Halves | None:
    """The halves as this seat sees them; None where the roles do not swap, and for who watches one of them."""
    session = seat.session
    if seat.role == Role.OBSERVER or (session.follows_id is None and not session.swap):
        return None
    number = 1 if session.follows_id is None else 2
    other = second_half_of(session) if session.follows_id is None else _whole(session.follows_id)
    seats = [
        one for one in session.seats.filter(left_at=None).select_related("user") if one.role != Role.OBSERVER
    ]
    trouble = swap.obstacle(
        agreed=bool(session.swap),
        began=session.started_at is not None,
        ended=session.state == State.ENDED,
        roles=[one.role for one in seats],
    )
    opens = number == 1 and other is None and trouble is None
    fresh = session.ended_at is not None and now < session.ended_at + swap.HALF_TIME
    return Halves(
        number=number,
        other=other,
        opens=opens,
        next_candidate=next((str(one.user) for one in seats if one.role == Role.INTERVIEWER), ""),
        next_is_you=seat.role == Role.INTERVIEWER,
        between=number == 1 and ((opens and fresh) or (other is not None and other.state != State.ENDED)),
    )


def looking_back(seat: Seat, halves: Halves | None, now: datetime) -> list[Half]:
    """Both halves in their order, once both have ended and this person sat in both; else none."""
    other = halves.other if halves else None
    if halves is None or other is None or {seat.session.state, other.state} != {State.ENDED}:
        return []
    own = other.seats.filter(user_id=seat.user_id, left_at=None)
    there = own.select_related("session__case_version", "user").first()
    if there is None:
        return []
    found = [_half(halves.number, seat, now), _half(3 - halves.number, there, now)]
    return sorted(found, key=lambda half: half.number)


def second_half_of(session: Session) -> Session | None:
    """The session that follows this one."""
    return Session.objects.filter(follows=session).select_related("case_version__case").first()


def _half(number: int, seat: Seat, now: datetime) -> Half:
    candidate = seat.session.seats.filter(role=Role.CANDIDATE, left_at=None).select_related("user").first()
    designer = "" if seat.role == Role.CANDIDATE or candidate is None else str(candidate.user)
    return Half(number, seat.session, designer, stands(seat, now))


def _whole(pk: UUID) -> Session | None:
    return Session.objects.filter(pk=pk).select_related("case_version__case").first()

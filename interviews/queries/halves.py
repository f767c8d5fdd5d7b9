"""The two halves of a meeting in which the roles swap."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from interviews.models import Role, Seat, Session, State
from interviews.rules import swap


@dataclass(frozen=True, slots=True)
class Halves:
    """Which half a session is (1 or 2), and the other one where there is one. `opens` if this seat can open the second
    now. `next_candidate` designs in the second half."""

    number: int
    other: Session | None
    opens: bool
    next_candidate: str


def halves_of(seat: Seat) -> Halves | None:
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
    return Halves(
        number=number,
        other=other,
        opens=number == 1 and other is None and trouble is None,
        next_candidate=next((str(one.user) for one in seats if one.role == Role.INTERVIEWER), ""),
    )


def second_half_of(session: Session) -> Session | None:
    """The session that follows this one."""
    return Session.objects.filter(follows=session).select_related("case_version__case").first()


def _whole(pk: UUID) -> Session | None:
    return Session.objects.filter(pk=pk).select_related("case_version__case").first()

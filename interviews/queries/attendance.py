"""Whether one's partner has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviews.models import Role, Seat, State
from interviews.rules import reliability


@dataclass(frozen=True, slots=True)
class Awaited:
    """A partner who has not come yet: the id of their seat, since when they are awaited and until when; `given_up` once
    that is over. `alone` says whether the one who came may go on without."""

    seat: int
    name: str
    since: datetime
    until: datetime
    given_up: bool
    alone: bool


def awaited_by(seat: Seat, now: datetime) -> Awaited | None:
    """The partner who has not come although both had agreed to be here by now; None where nobody is awaited."""
    session = seat.session
    start = session.agreed_start
    if session.state != State.LOBBY or start is None or now < start or seat.role == Role.OBSERVER:
        return None
    missing = (
        session.seats.filter(left_at=None, came_at=None, role__in=[Role.CANDIDATE, Role.INTERVIEWER])
        .exclude(pk=seat.pk)
        .select_related("user")
        .first()
    )
    if missing is None or seat.came_at is None:
        return None
    until = reliability.grace_ends(start)
    return Awaited(
        seat=missing.pk,
        name=str(missing.user),
        since=start,
        until=until,
        given_up=now >= until,
        alone=seat.role == Role.CANDIDATE,
    )

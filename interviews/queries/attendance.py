"""Whether one's partner has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviews.models import Mode, Role, Seat, State
from interviews.rules import reliability, seats


@dataclass(frozen=True, slots=True)
class Awaited:
    """A partner who has not come yet: since when they are awaited and until when; `given_up` once that is over.
    `name` is "" where their account is gone, who is given up at once. `alone` says whether the one who came may go on
    without."""

    name: str
    since: datetime
    until: datetime
    given_up: bool
    alone: bool


def awaited_by(seat: Seat, now: datetime) -> Awaited | None:
    """The partner who has not come although both had agreed to be here by now; None where nobody is awaited."""
    session = seat.session
    start = session.agreed_start
    if session.state != State.LOBBY or session.mode == Mode.SOLO or start is None or now < start:
        return None
    if seat.role == Role.OBSERVER or seat.came_at is None:
        return None
    # Of a panel's two one is enough (queries.panel.absent_from). Whose account is gone has no seat any more.
    theirs = session.seats.filter(left_at=None, role=seats.partner_of(seat.role)).select_related("user")
    partners = list(theirs.order_by("part"))
    if any(partner.came_at for partner in partners):
        return None
    until = reliability.grace_ends(start)
    return Awaited(
        name=" and ".join(str(partner.user) for partner in partners),
        since=start,
        until=until,
        given_up=not partners or now >= until,
        alone=seat.role == Role.CANDIDATE,
    )

"""What a room says before the clock starts: who is here, who is missing, and the invite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interviews.models import Invite, Mode, Role, Seat, State
from interviews.queries import room
from interviews.queries.controls import Controls, controls_for
from interviews.rules import seats


@dataclass(frozen=True, slots=True)
class Lobby:
    """`invite` is the open link to the partner's seat, if there is one; its token is not known any more."""

    people: list[dict[str, Any]]
    controls: Controls
    partner_role: Role
    invites: bool
    invite: Invite | None


def lobby_for(seat: Seat, now: datetime) -> Lobby:
    """The lobby as this seat sees it."""
    session = seat.session
    partner_role = Role(seats.partner_of(seat.role))
    people = room.people(session)
    taken = any(person["role"] == partner_role for person in people)
    open_links = session.invites.filter(role=partner_role, used_at=None, revoked_at=None, expires_at__gt=now)
    return Lobby(
        people=people,
        controls=controls_for(seat, now),
        partner_role=partner_role,
        invites=session.mode == Mode.PEER and session.state != State.ENDED and not taken,
        invite=open_links.first(),
    )

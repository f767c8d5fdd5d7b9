"""What a room says before the clock starts: who is here, who is missing, and the invite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interviews.models import Role, Seat
from interviews.queries import room
from interviews.queries.controls import Controls, controls_for
from interviews.queries.invites import InvitePanel, invite_panel
from interviews.rules import seats


@dataclass(frozen=True, slots=True)
class Lobby:
    """`partner` asks to the seat that the interview needs."""

    people: list[dict[str, Any]]
    controls: Controls
    partner: InvitePanel


def lobby_for(seat: Seat, now: datetime) -> Lobby:
    """The lobby as this seat sees it."""
    return Lobby(
        people=room.people(seat.session),
        controls=controls_for(seat, now),
        partner=invite_panel(seat, Role(seats.partner_of(seat.role)), now),
    )

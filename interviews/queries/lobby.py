"""What a room says before the clock starts: who is here, who is missing, and the invite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interviews.models import Role, Seat
from interviews.queries import room
from interviews.queries.controls import Controls, controls_for
from interviews.queries.invites import InvitePanel, needed_panels
from interviews.queries.panel import Led, leading


@dataclass(frozen=True, slots=True)
class Lobby:
    """`partners` ask to the seats that the interview needs; `led` says who leads what in a panel, which may go on with
    one interviewer where `may_give_up`."""

    people: list[dict[str, Any]]
    controls: Controls
    partners: tuple[InvitePanel, ...]
    led: tuple[Led, ...] = ()
    may_give_up: bool = False

    @property
    def stamp(self) -> str:
        """Changes with who is here and which seats there are."""
        return f"{len(self.people)}{' of a panel' if self.led else ''}"


def lobby_for(seat: Seat, now: datetime) -> Lobby:
    """The lobby as this seat sees it."""
    return Lobby(
        people=room.people(seat.session),
        controls=controls_for(seat, now),
        partners=needed_panels(seat, now),
        led=leading(seat.session),
        may_give_up=seat.role != Role.OBSERVER,
    )

"""What a seat can do with the clock now, as its buttons need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviews.models import Mode, Role, Seat
from interviews.queries.clock import clock_of
from interviews.rules import seats
from interviews.rules.clock import Face
from interviews.rules.extension import CHOICES, may_ask


@dataclass(frozen=True, slots=True)
class Controls:
    """`missing` is the seat that must be taken before the clock can start; `left` is in whole minutes."""

    face: Face
    phase: str
    left: int
    runs_clock: bool
    submits: bool
    extends: bool
    alone: bool
    missing: Role | None
    partner: str

    @property
    def running(self) -> bool:
        return self.face in ("live", "paused")

    @property
    def extensions(self) -> tuple[int, ...]:
        """By how many minutes this seat may ask to go on."""
        return CHOICES if self.extends else ()

    @property
    def can_start(self) -> bool:
        return self.face == "lobby" and self.runs_clock and self.missing is None


def controls_for(seat: Seat, now: datetime) -> Controls:
    """The clock's buttons for this seat."""
    session = seat.session
    moment = clock_of(session).at(now)
    others = {s.role: str(s.user) for s in session.seats.filter(left_at=None).select_related("user")}
    alone = session.mode == Mode.SOLO
    missing = seats.missing(others, alone=alone)
    return Controls(
        face=moment.face,
        phase=moment.phase.name if moment.phase else "",
        left=-int(-moment.remaining // 60),
        runs_clock=seats.runs_the_clock(seat.role, alone=alone),
        submits=seat.role == Role.CANDIDATE,
        extends=moment.can_be_extended and not session.extended_seconds and may_ask(seat.role),
        alone=alone,
        missing=Role(missing) if missing else None,
        partner=others.get(seats.partner_of(seat.role), ""),
    )

"""What a seat can do with the clock now, as its buttons need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviews.models import Mode, Role, Seat
from interviews.queries.cast import Cast
from interviews.queries.clock import clock_of
from interviews.queries.consents import unready
from interviews.rules import panel, seats
from interviews.rules.clock import Face
from interviews.rules.extension import CHOICES, may_ask


@dataclass(frozen=True, slots=True)
class Controls:
    """`missing` is the first seat that must be taken before the clock can start, `free` all of them as they are called;
    `partner` names who sits opposite, in a panel both; `unready` those who have not said that they are; `left` is in
    whole minutes."""

    face: Face
    phase: str
    left: int
    runs_clock: bool
    submits: bool
    extends: bool
    alone: bool
    missing: Role | None
    partner: str
    free: tuple[str, ...] = ()
    unready: tuple[str, ...] = ()

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


def controls_for(seat: Seat, cast: Cast, now: datetime) -> Controls:
    """The clock's buttons for this seat of the cast."""
    session = seat.session
    moment = clock_of(session).at(now)
    opposite = [str(one.user) for one in cast.held if one.role == seats.partner_of(seat.role)]
    alone = session.mode == Mode.SOLO
    missing = seats.missing({(one.role, one.part) for one in cast.held}, alone=alone, panel=session.panel)
    return Controls(
        face=moment.face,
        phase=moment.phase.name if moment.phase else "",
        left=-int(-moment.remaining // 60),
        runs_clock=seats.runs_the_clock(seat.role, alone=alone),
        submits=seat.role == Role.CANDIDATE,
        missing=Role(missing[0][0]) if missing else None,
        partner=" and ".join(opposite),
        free=tuple(panel.called(role, part) for role, part in missing),
        extends=moment.can_be_extended and not session.extended_seconds and may_ask(seat.role),
        alone=alone,
        unready=unready(seat, cast) if moment.face == "lobby" else (),
    )

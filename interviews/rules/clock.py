"""The session's clock, derived from stored facts. The server owns time; nothing here ticks or reads a clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

Face = Literal["lobby", "live", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the plan; `start` and `end` are seconds of running time."""

    id: str
    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Moment:
    """What the clock shows at one instant. All spans are seconds of running time, pauses left out."""

    face: Face
    elapsed: float
    remaining: float
    phase: Phase | None
    can_edit: bool

    @property
    def can_be_extended(self) -> bool:
        """Whether time can still be added: while it runs or is paused, and some of it is left."""
        return self.face in ("live", "paused") and self.remaining > 0


@dataclass(frozen=True, slots=True)
class Clock:
    """The facts from which every reading follows. `paused_seconds` counts the pauses that are over."""

    phases: tuple[Phase, ...]
    started_at: datetime | None = None
    paused_at: datetime | None = None
    paused_seconds: float = 0
    ended_at: datetime | None = None

    @property
    def duration(self) -> float:
        """The planned length in seconds."""
        return self.phases[-1].end if self.phases else 0

    def at(self, now: datetime) -> Moment:
        """The reading at `now`. Past the deadline a running clock stands still and takes no edits."""
        if self.started_at is None:
            face: Face = "ended" if self.ended_at else "lobby"
            return Moment(face, 0, self.duration, None, can_edit=False)
        until = self.ended_at or self.paused_at or now
        ran = (until - self.started_at).total_seconds() - self.paused_seconds
        elapsed = min(max(ran, 0), self.duration)
        remaining = self.duration - elapsed
        face = "ended" if self.ended_at else "paused" if self.paused_at else "live"
        return Moment(face, elapsed, remaining, self._phase(elapsed), face == "live" and remaining > 0)

    def deadline(self) -> datetime | None:
        """When the running clock reaches its end; meaningless while paused, None before the start."""
        if self.started_at is None:
            return None
        return self.started_at + timedelta(seconds=self.duration + self.paused_seconds)

    def _phase(self, elapsed: float) -> Phase | None:
        return next((p for p in self.phases if elapsed < p.end), self.phases[-1] if self.phases else None)


# The phase that an agreed extension adds behind those of the plan.
EXTRA = "extra"


def phases(plan: Sequence[Mapping[str, Any]], *, extended_seconds: float = 0) -> tuple[Phase, ...]:
    """The phases of a stored plan, [{id, name, minutes}], end to end; time that was added comes last."""
    made: list[Phase] = []
    start = 0.0
    for step in plan:
        end = start + float(step["minutes"]) * 60
        made.append(Phase(str(step["id"]), str(step["name"]), start, end))
        start = end
    if extended_seconds:
        made.append(Phase(EXTRA, "Extra time", start, start + extended_seconds))
    return tuple(made)

"""Minutes worked beside minutes planned, one bar for each phase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDE = 100.0
# Nearer to the plan than this, in minutes, is on it.
NEAR = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A phase; `due` and `done` are the widths of its planned and its worked minutes on one scale up to WIDE."""

    name: str
    planned: float
    worked: float
    due: float
    done: float

    @property
    def over(self) -> float:
        """Minutes over the plan; below 0 under it."""
        return self.worked - self.planned


@dataclass(frozen=True, slots=True)
class Pace:
    """`most_over` and `most_under` are the bars that are farthest from the plan; None where all are within NEAR."""

    bars: tuple[Bar, ...]
    most_over: Bar | None
    most_under: Bar | None


def pace(phases: Iterable[tuple[str, float, float]]) -> Pace:
    """`phases` are (name, minutes planned, minutes worked)."""
    rows = list(phases)
    longest = max((max(planned, worked) for _, planned, worked in rows), default=0) or 1
    bars = tuple(
        Bar(name, planned, worked, round(planned / longest * WIDE, 2), round(worked / longest * WIDE, 2))
        for name, planned, worked in rows
    )
    over = max(bars, key=lambda bar: bar.over, default=None)
    under = min(bars, key=lambda bar: bar.over, default=None)
    return Pace(
        bars, over if over and over.over >= NEAR else None, under if under and under.over <= -NEAR else None
    )

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


def in_words(pace: Pace) -> str:
    """The phases that were farthest from the plan, and those that nobody worked on."""
    said = []
    if pace.most_over:
        said.append(f"Longest over its time: {pace.most_over.name}, by {pace.most_over.over:.0f} min.")
    idle = [bar.name for bar in pace.bars if not bar.worked and bar.planned]
    under = pace.most_under
    if idle:
        named = _listed(idle) if len(idle) < len(pace.bars) else "any phase"
        said.append(f"No work can be seen on {named}.")
    elif under:
        said.append(f"Most under it: {under.name}, by {-under.over:.0f} min.")
    return " ".join(said) or "Every phase was within a minute of its plan."


def difference(over: float) -> str:
    """Minutes over (+) or under (−) the plan."""
    if abs(over) < NEAR:
        return "on it"
    return f"{'+' if over > 0 else '−'}{abs(over):.0f}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

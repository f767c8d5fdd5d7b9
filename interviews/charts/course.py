"""One figure for each session in turn, with the mean of the last few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from interviews.charts.plane import Plane

# The line is the mean of so many, or of as many as there are by then.
WINDOW = 5


@dataclass(frozen=True, slots=True)
class Dot:
    on: date
    value: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Course:
    """`line` are the points of a polyline, `ticks` (value, y) of what is written beside the axis."""

    plane: Plane
    dots: tuple[Dot, ...]
    line: str
    ticks: tuple[tuple[int, float], ...]

    @property
    def first(self) -> date:
        return self.dots[0].on

    @property
    def last(self) -> date:
        return self.dots[-1].on


def course(values: Sequence[tuple[date, float]], *, low: int = 0, high: int | None = None) -> Course | None:
    """Of (day, value), the oldest first, on an axis from `low` to `high`, or to the greatest value; None with fewer
    than two, of which nothing could be said."""
    if len(values) < 2:
        return None
    top = high if high is not None else max(low + 1, *(ceil(value) for _, value in values))
    plane = Plane(low, top, len(values), width=300, height=120)
    dots = tuple(Dot(on, value, plane.x(place), plane.y(value)) for place, (on, value) in enumerate(values))
    recent = [values[max(0, end - WINDOW) : end] for end in range(1, len(values) + 1)]
    means = [sum(value for _, value in some) / len(some) for some in recent]
    ticks = sorted({low, (low + top) // 2, top})
    return Course(
        plane, dots, " ".join(plane.points(means)), tuple((value, plane.y(value)) for value in ticks)
    )

"""One figure for each session in turn, with the mean of the last few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 300.0, 120.0
LEFT, RIGHT, TOP, BOTTOM = 22.0, 8.0, 8.0, 20.0
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

    dots: tuple[Dot, ...]
    line: str
    ticks: tuple[tuple[int, float], ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    floor: float = HEIGHT - 5

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
    top = high if high is not None else max(low + 1, *(int(-(-value // 1)) for _, value in values))

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (top - value) / (top - low), 1)

    def x(place: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / len(values), 1)

    dots = tuple(Dot(on, value, x(place), y(value)) for place, (on, value) in enumerate(values))
    means = []
    for place in range(len(values)):
        recent = [value for _, value in values[max(0, place + 1 - WINDOW) : place + 1]]
        means.append(sum(recent) / len(recent))
    line = " ".join(f"{x(place)},{y(mean)}" for place, mean in enumerate(means))
    middle = (low + top) // 2
    return Course(dots, line, tuple((value, y(value)) for value in sorted({low, middle, top})))

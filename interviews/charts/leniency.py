"""How far above or below a key somebody rated, session by session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from interviews.charts.plane import Plane

# The most that an axis is drawn for: a whole range of levels.
MOST = 3.0


@dataclass(frozen=True, slots=True)
class Dot:
    """`number` counts the sessions from 1."""

    x: float
    y: float
    value: float
    number: int


@dataclass(frozen=True, slots=True)
class Tick:
    y: float
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """`line` are the dots as a polyline has them; `says` is the point of it in a sentence."""

    plane: Plane
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    zero: float
    line: str
    says: str


def chart(values: Sequence[float]) -> Chart:
    """Of the mean differences to the key in levels, in their order; at least one."""
    reach = min(MOST, max(0.5, ceil(2 * max(abs(value) for value in values)) / 2))
    plane = Plane(-reach, reach, len(values))
    dots = tuple(Dot(plane.x(at), plane.y(value), value, at + 1) for at, value in enumerate(values))
    ticks = tuple(Tick(plane.y(value), value) for value in (reach, reach / 2, 0.0, -reach / 2, -reach))
    return Chart(plane, dots, ticks, plane.y(0), " ".join(plane.points(values)), _says(values))


def _says(values: Sequence[float]) -> str:
    mean = sum(values) / len(values)
    if len(values) == 1:
        return f"In one session you rated {_off(mean)}."
    return (
        f"Over {len(values)} sessions you rated {_off(mean)} on average: {_off(values[0])} in the first, "
        f"{_off(values[-1])} in the last."
    )


def _off(value: float) -> str:
    if abs(value) < 0.005:
        return "as the key does"
    return f"{abs(value):.2f} levels {'above' if value > 0 else 'below'} the key"

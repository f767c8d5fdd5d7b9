"""A level over sessions, with the band that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from interviews.charts.plane import Plane

HIGHEST = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known after one session: the level, 0-3, its interval, and the means that its raters gave."""

    on: date
    level: float
    low: float
    high: float
    means: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line across at a level, and what stands beside it."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """`band` and `line` are points of a polygon and a polyline."""

    plane: Plane
    band: str
    line: str
    dots: tuple[Dot, ...]
    grid: tuple[Line, ...]
    bounds: tuple[Line, ...]
    first: date
    last: date


def trend(moments: Sequence[Moment], bounds: Sequence[tuple[str, float]] = ()) -> Trend | None:
    """One step along x per session, as what counts is practice and not the calendar; None with fewer than two."""
    if len(moments) < 2:
        return None
    plane = Plane(0, HIGHEST, len(moments))
    upper = plane.points([one.high for one in moments])
    lower = plane.points([one.low for one in moments])
    dots = tuple(
        Dot(plane.x(place), plane.y(mean), f"{one.on:%d %b %Y}: {mean:.1f}")
        for place, one in enumerate(moments)
        for mean in one.means
    )
    return Trend(
        plane,
        " ".join([*upper, *reversed(lower)]),
        " ".join(plane.points([one.level for one in moments])),
        dots,
        tuple(Line(plane.y(level), str(level)) for level in range(HIGHEST + 1)),
        tuple(Line(plane.y(level), name) for name, level in bounds),
        moments[0].on,
        moments[-1].on,
    )

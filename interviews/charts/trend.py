"""A level over sessions, with the band that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 360.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 22.0, 8.0, 8.0, 22.0
HIGHEST = 3.0


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

    band: str
    line: str
    dots: tuple[Dot, ...]
    grid: tuple[Line, ...]
    bounds: tuple[Line, ...]
    first: date
    last: date
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    floor: float = HEIGHT - 6


def trend(moments: Sequence[Moment], bounds: Sequence[tuple[str, float]] = ()) -> Trend | None:
    """One step along x per session, as what counts is practice and not the calendar; None with fewer than two."""
    if len(moments) < 2:
        return None
    across = [_x(place, len(moments)) for place in range(len(moments))]
    upper = [_point(x, one.high) for x, one in zip(across, moments, strict=True)]
    lower = [_point(x, one.low) for x, one in zip(across, moments, strict=True)]
    dots = tuple(
        Dot(x, _y(mean), f"{one.on:%d %b %Y}: {mean:.1f}")
        for x, one in zip(across, moments, strict=True)
        for mean in one.means
    )
    return Trend(
        " ".join([*upper, *reversed(lower)]),
        " ".join(_point(x, one.level) for x, one in zip(across, moments, strict=True)),
        dots,
        tuple(Line(_y(level), str(level)) for level in range(int(HIGHEST) + 1)),
        tuple(Line(_y(level), name) for name, level in bounds),
        moments[0].on,
        moments[-1].on,
    )


def _x(place: int, count: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / count, 1)


def _y(level: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - level / HIGHEST), 1)


def _point(x: float, level: float) -> str:
    return f"{x},{_y(level)}"

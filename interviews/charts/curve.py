"""How well one knows oneself: what others gave where one had rated oneself 0, 1, 2 or 3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SIDE, LEFT, BOTTOM, EDGE = 220.0, 24.0, 24.0, 10.0
HIGHEST = 3.0
LARGEST = 9.0


@dataclass(frozen=True, slots=True)
class Point:
    """`given` is the mean level that others gave to the `count` points rated `own` by oneself."""

    own: int
    given: float
    count: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Curve:
    points: tuple[Point, ...]
    line: str
    ticks: tuple[tuple[int, float, float], ...]
    side: float = SIDE
    left: float = LEFT
    floor: float = SIDE - BOTTOM
    right: float = SIDE - EDGE
    top: float = EDGE

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def curve(pairs: Mapping[tuple[int, int], int]) -> Curve | None:
    """`pairs` is {(own level, given level): how many points}; None without any."""
    most = sum(pairs.values())
    if not most:
        return None
    points = []
    for own in range(int(HIGHEST) + 1):
        count = sum(n for (mine, _), n in pairs.items() if mine == own)
        if count:
            given = sum(level * n for (mine, level), n in pairs.items() if mine == own) / count
            radius = round(3 + (LARGEST - 3) * (count / most) ** 0.5, 1)
            points.append(Point(own, given, count, _x(own), _y(given), radius))
    ticks = tuple((level, _x(level), _y(level)) for level in range(int(HIGHEST) + 1))
    return Curve(tuple(points), " ".join(f"{one.x},{one.y}" for one in points), ticks)


def _x(level: float) -> float:
    return round(LEFT + 8 + (SIDE - LEFT - EDGE - 16) * level / HIGHEST, 1)


def _y(level: float) -> float:
    return round(SIDE - BOTTOM - 8 - (SIDE - BOTTOM - EDGE - 16) * level / HIGHEST, 1)

"""Levels by step, one web for each source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from textwrap import wrap
from typing import Literal

WIDTH, HEIGHT, RADIUS = 360.0, 260.0, 92.0
LONGEST, LEADING = 17, 10.0
CENTRE = (WIDTH / 2, HEIGHT / 2)
HIGHEST = 3.0

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Spoke:
    """One step: where its line ends, and where its name stands, in lines."""

    name: tuple[str, ...]
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Web:
    """One source: the points of its polygon, and the corners alone."""

    source: str
    points: str
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Radar:
    spokes: tuple[Spoke, ...]
    rings: tuple[str, ...]
    webs: tuple[Web, ...]
    width: float = WIDTH
    height: float = HEIGHT
    x: float = CENTRE[0]
    y: float = CENTRE[1]
    leading: float = LEADING


def radar(names: Sequence[str], levels: Mapping[str, Sequence[float | None]]) -> Radar:
    """`names` of at least three steps, clockwise from the top; `levels` is {source: 0-3 for each step, None where the
    source says nothing}, which leaves that corner out."""
    count = len(names)
    spokes = []
    for place, name in enumerate(names):
        (x, y), (label_x, label_y) = _at(place, count, HIGHEST), _at(place, count, HIGHEST * 1.12)
        away = label_x - CENTRE[0]
        anchor: Anchor = "middle" if abs(away) < 8 else "start" if away > 0 else "end"
        lines = tuple(wrap(name, LONGEST))
        # The lines stand around the height of the spoke's end; those at the top and the foot outside of it.
        up = {"middle": len(lines) - 1 if label_y < CENTRE[1] else 0}.get(anchor, (len(lines) - 1) / 2)
        spokes.append(Spoke(lines, x, y, label_x, round(label_y + 3 - up * LEADING, 1), anchor))
    rings = tuple(
        " ".join(f"{x},{y}" for x, y in (_at(place, count, level) for place in range(count)))
        for level in (1, 2, 3)
    )
    webs = []
    for source, found in levels.items():
        corners = tuple(_at(place, count, level) for place, level in enumerate(found) if level is not None)
        webs.append(Web(source, " ".join(f"{x},{y}" for x, y in corners), corners))
    return Radar(tuple(spokes), rings, tuple(webs))


def _at(place: int, count: int, level: float) -> tuple[float, float]:
    angle = 2 * pi * place / count
    far = RADIUS * level / HIGHEST
    return round(CENTRE[0] + far * sin(angle), 1), round(CENTRE[1] - far * cos(angle), 1)

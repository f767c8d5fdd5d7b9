"""Arrows, lines and strokes as SVG paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, cos, hypot, pi, sin

from whiteboard.geometry import Point
from whiteboard.render.paint import INK, attributes, colour, fill, stroke
from whiteboard.rules import Element

# A pen's stroke is as wide as its pressure makes it; this is about the mean.
_PEN = 2.2
_OPEN = ("arrow", "crowfoot_one", "crowfoot_many", "crowfoot_one_or_many")


def line(element: Element) -> str:
    """A line or an arrow with its heads."""
    points = _points(element)
    closed = len(points) > 3 and hypot(points[0][0] - points[-1][0], points[0][1] - points[-1][1]) < 8
    inside = fill(element) if closed else attributes(fill="none")
    path = attributes(d=_course(element, points))
    return f"<path{path}{inside}{stroke(element)}/>{_heads(element, points)}"


def halo(element: Element, ink: str) -> str:
    """A broad band along a line, arrow or stroke, to be drawn beneath it."""
    path = attributes(d=_course(element, _points(element)), fill="none", stroke=ink, stroke_width=10)
    return f"<path{path}{attributes(stroke_linecap='round', opacity=0.55)}/>"


def _course(element: Element, points: Sequence[Point]) -> str:
    rounded = bool(element.get("roundness")) and not element.get("elbowed")
    return _smooth(points) if rounded and len(points) > 2 else _straight(points)


def freedraw(element: Element) -> str:
    """A pen's stroke; one point is a dot."""
    points = _points(element)
    if len(points) == 1:
        (x, y), radius = points[0], element.get("strokeWidth", 2) * _PEN / 2
        return f"<circle{attributes(cx=x, cy=y, r=radius, fill=colour(element.get('strokeColor'), INK))}/>"
    path = attributes(d=_smooth(points), fill="none")
    return f"<path{path}{stroke(element, wider=_PEN)}/>"


def bounds(element: Element) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of the points."""
    points = _points(element)
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def joined(points: Iterable[Point]) -> str:
    """Points as SVG lists them, to a tenth."""
    flat = [value for point in points for value in point]
    return _written(" ".join(["%.1f,%.1f"] * (len(flat) // 2)), flat)


def _points(element: Element) -> list[Point]:
    given = element.get("points") or [[0, 0], [element["width"], element["height"]]]
    return [(element["x"] + x, element["y"] + y) for x, y in given]


def _straight(points: Sequence[Point]) -> str:
    return f"M{joined(points[:1])} L{joined(points[1:] or points)}"


def _smooth(points: Sequence[Point]) -> str:
    """A curve through all points: each piece's handles lie along the line between its neighbours."""
    flat = [*points[0]]
    last = len(points) - 1
    for at in range(last):
        x, y = points[at]
        to_x, to_y = points[at + 1]
        before_x, before_y = points[at - 1] if at else (x, y)
        after_x, after_y = points[at + 2] if at + 1 < last else (to_x, to_y)
        flat += (
            x + (to_x - before_x) / 6, y + (to_y - before_y) / 6,
            to_x - (after_x - x) / 6, to_y - (after_y - y) / 6,
            to_x, to_y,
        )  # fmt: skip
    return _written("M%.1f,%.1f" + " C%.1f,%.1f %.1f,%.1f %.1f,%.1f" * last, flat)


def _written(form: str, values: Sequence[float]) -> str:
    """All numbers in one step: a board may hold tens of thousands. After one decimal ".0" only ends a number."""
    return (form % tuple(values)).replace(".0", "") if values else ""


def _heads(element: Element, points: Sequence[Point]) -> str:
    if len(points) < 2:
        return ""
    at_end = element.get("endArrowhead", "arrow" if element["type"] == "arrow" else None)
    at_start = element.get("startArrowhead")
    end = _head(element, at_end, points[-1], points[-2]) if at_end else ""
    start = _head(element, at_start, points[0], points[1]) if at_start else ""
    return start + end


def _head(element: Element, kind: str, tip: Point, before: Point) -> str:
    """An arrowhead at `tip` for a line that comes from `before`."""
    way = atan2(tip[1] - before[1], tip[0] - before[0])
    length = min(18.0, max(6.0, hypot(tip[0] - before[0], tip[1] - before[1]) / 2))
    left, right = (_away(tip, way + turn, length) for turn in (pi - 0.42, pi + 0.42))
    ink = colour(element.get("strokeColor"), INK)
    if kind in _OPEN:
        path = attributes(points=joined([left, tip, right]), fill="none")
        return f"<polyline{path}{stroke({**element, 'strokeStyle': 'solid'})}/>"
    if kind == "bar":
        across = [_away(tip, way + turn, length / 2) for turn in (pi / 2, -pi / 2)]
        return f"<polyline{attributes(points=joined(across))}{stroke(element)}/>"
    hollow = kind.endswith("_outline")
    inside = attributes(fill="#ffffff" if hollow else ink) + stroke({**element, "strokeStyle": "solid"})
    if kind.startswith(("circle", "dot")):
        centre = _away(tip, way + pi, length / 3)
        return f"<circle{attributes(cx=centre[0], cy=centre[1], r=length / 3)}{inside}/>"
    corners = [left, tip, right]
    if kind.startswith("diamond"):
        corners.append(_away(tip, way + pi, length * 1.8))
    return f"<polygon{attributes(points=joined(corners))}{inside}/>"


def _away(point: Point, way: float, length: float) -> Point:
    return point[0] + cos(way) * length, point[1] + sin(way) * length

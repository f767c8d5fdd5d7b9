"""Where things stand on a board: boxes as Excalidraw elements with x, y, width and height."""

from __future__ import annotations

from collections.abc import Iterable

from whiteboard.rules import Element

Point = tuple[float, float]


def edges(element: Element) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of an element, drawn in whichever direction; rotation is left out."""
    left, right = sorted((element["x"], element["x"] + element["width"]))
    top, bottom = sorted((element["y"], element["y"] + element["height"]))
    return left, top, right, bottom


def middle(element: Element) -> Point:
    """The centre."""
    return element["x"] + element["width"] / 2, element["y"] + element["height"] / 2


def area(element: Element) -> float:
    """Never negative."""
    return float(abs(element["width"] * element["height"]))


def distance(point: Point, element: Element) -> float:
    """From a point to an element's bounding box; 0 inside."""
    left, top, right, bottom = edges(element)
    across = max(left - point[0], 0, point[0] - right)
    down = max(top - point[1], 0, point[1] - bottom)
    return float((across**2 + down**2) ** 0.5)


def nearest(point: Point, elements: Iterable[Element], within: float) -> str | None:
    """The id of the nearest element at most `within` away; of several around the point the smallest."""
    found = min(((distance(point, one), area(one), one["id"]) for one in elements), default=None)
    return found[2] if found and found[0] <= within else None


def ends(arrow: Element) -> tuple[Point, Point]:
    """Where an arrow or line begins and ends."""
    points = arrow.get("points") or [[0, 0], [arrow["width"], arrow["height"]]]
    first, last = points[0], points[-1]
    return (arrow["x"] + first[0], arrow["y"] + first[1]), (arrow["x"] + last[0], arrow["y"] + last[1])

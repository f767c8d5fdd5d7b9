"""Where things stand on a board: boxes as Excalidraw elements with x, y, width and height."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whiteboard.rules import Element

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


def edges(element: Element) -> Box:
    """The bounding box of an element, drawn in whichever direction; rotation is left out."""
    left, right = sorted((element["x"], element["x"] + element["width"]))
    top, bottom = sorted((element["y"], element["y"] + element["height"]))
    return left, top, right, bottom


def middle(element: Element) -> Point:
    """The centre."""
    return element["x"] + element["width"] / 2, element["y"] + element["height"] / 2


def centre(box: Box) -> Point:
    """The centre of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def border(box: Box, towards: Point, reach: float, *, start: Point | None = None) -> Point:
    """Just outside the box's border, on the way from a point in it (its middle) to another point."""
    x, y = start or centre(box)
    across, down = towards[0] - x, towards[1] - y
    room_x = (box[2] + reach - x) if across > 0 else (x - box[0] + reach)
    room_y = (box[3] + reach - y) if down > 0 else (y - box[1] + reach)
    share = min(room_x / abs(across) if across else 1.0, room_y / abs(down) if down else 1.0, 1.0)
    return x + across * share, y + down * share


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


def halfway(path: Sequence[Point]) -> Point:
    """Where a line's label stands: at its middle point, or in the middle of its middle piece."""
    one, other = path[(len(path) - 1) // 2], path[len(path) // 2]
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def ends(arrow: Element) -> tuple[Point, Point]:
    """Where an arrow or line begins and ends."""
    points = arrow.get("points") or [[0, 0], [arrow["width"], arrow["height"]]]
    first, last = points[0], points[-1]
    return (arrow["x"] + first[0], arrow["y"] + first[1]), (arrow["x"] + last[0], arrow["y"] + last[1])

"""From a drawing to the graph it stands for.

Pictures lie a little: labels are separate elements, an arrow may end just beside a box, copies keep the ids
of what they were bound to. So edges come from an arrow's own two bindings, else from what lies within
`REACH` of its ends, and never from a shape's list of arrows, which merging can leave stale either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whiteboard.graph import Edge, Frame, Graph, Note, Part
from whiteboard.rules import Element
from whiteboard.rules.merge import in_order

REACH = 45.0
_SHAPES = frozenset({"rectangle", "ellipse", "diamond"})


def read(elements: Iterable[Element]) -> Graph:
    """The graph of these elements; deleted ones are left out. Never raises on elements that passed
    `validate`."""
    live = [element for element in in_order(elements) if not element.get("isDeleted")]
    shapes = {element["id"]: element for element in live if element["type"] in _SHAPES}
    arrows = {element["id"]: element for element in live if element["type"] == "arrow"}
    labels, loose = _labels(live, shapes, arrows)
    edges = [_edge(arrow, shapes, labels) for arrow in arrows.values()]
    return Graph(
        parts=tuple(Part(id, labels.get(id, "")) for id in shapes),
        edges=tuple(edge for edge in edges if edge is not None),
        frames=tuple(_frame(element, shapes) for element in live if element["type"] == "frame"),
        notes=tuple(Note(element["id"], _words(element)) for element in loose if _words(element)),
    )


def _labels(
    live: list[Element], shapes: Mapping[str, Element], arrows: Mapping[str, Element]
) -> tuple[dict[str, str], list[Element]]:
    """({shape or arrow id: its text}, the texts that belong to nothing)."""
    found: dict[str, list[str]] = {}
    loose: list[Element] = []
    for text in live:
        if text["type"] != "text":
            continue
        holder = text.get("containerId")
        if holder not in shapes and holder not in arrows:
            holder = _smallest_around(_middle(text), shapes)
        if holder is None:
            loose.append(text)
        elif _words(text):
            found.setdefault(holder, []).append(_words(text))
    return {id: " ".join(words) for id, words in found.items()}, loose


def _edge(arrow: Element, shapes: Mapping[str, Element], labels: Mapping[str, str]) -> Edge | None:
    points = arrow.get("points") or [[0, 0]]
    start = _end(arrow, "startBinding", points[0], shapes)
    end = _end(arrow, "endBinding", points[-1], shapes)
    if start is None or end is None or start == end:
        return None
    heads = arrow.get("startArrowhead"), arrow.get("endArrowhead", "arrow")
    if heads[0] and not heads[1]:
        start, end = end, start
    return Edge(arrow["id"], start, end, labels.get(arrow["id"], ""), directed=bool(heads[0] or heads[1]))


def _end(arrow: Element, binding: str, point: list[float], shapes: Mapping[str, Element]) -> str | None:
    bound = (arrow.get(binding) or {}).get("elementId")
    if bound in shapes:
        return str(bound)
    x, y = arrow["x"] + point[0], arrow["y"] + point[1]
    distance, nearest = min(
        ((_distance(x, y, shape), id) for id, shape in shapes.items()), default=(REACH + 1, None)
    )
    return nearest if distance <= REACH else None


def _frame(frame: Element, shapes: Mapping[str, Element]) -> Frame:
    inside = [
        id
        for id, shape in shapes.items()
        if shape.get("frameId") == frame["id"]
        or (not shape.get("frameId") and _distance(*_middle(shape), frame) == 0)
    ]
    return Frame(frame["id"], (frame.get("name") or "").strip(), tuple(inside))


def _words(text: Element) -> str:
    """A text as it was typed: `text` holds the line breaks that wrapping put in."""
    return " ".join((text.get("originalText") or text.get("text") or "").split())


def _middle(element: Element) -> tuple[float, float]:
    return element["x"] + element["width"] / 2, element["y"] + element["height"] / 2


def _distance(x: float, y: float, shape: Element) -> float:
    """From a point to a shape's bounding box; 0 inside."""
    left, right = sorted((shape["x"], shape["x"] + shape["width"]))
    top, bottom = sorted((shape["y"], shape["y"] + shape["height"]))
    across = max(left - x, 0, x - right)
    down = max(top - y, 0, y - bottom)
    return float((across**2 + down**2) ** 0.5)


def _smallest_around(point: tuple[float, float], shapes: Mapping[str, Element]) -> str | None:
    around = [(abs(s["width"] * s["height"]), id) for id, s in shapes.items() if _distance(*point, s) == 0]
    return min(around)[1] if around else None

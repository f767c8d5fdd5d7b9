"""One element as SVG. What it does not know it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from whiteboard.geometry import edges
from whiteboard.render import lines
from whiteboard.render.paint import INK, attributes, colour, fill, stroke
from whiteboard.rules import Element

_MONOSPACE = (3, 8)
_CUTOFF, _RADIUS = 128, 32


def draw(element: Element, by_id: Mapping[str, Element]) -> str:
    """The element's own marks; `by_id` are all that are drawn."""
    kind = element["type"]
    if kind == "text":
        return _text(element, by_id.get(element.get("containerId") or ""))
    drawer = _DRAWERS.get(kind)
    return drawer(element) if drawer else ""


def bounds(element: Element) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of what is drawn, before it is turned."""
    if element.get("points"):
        return lines.bounds(element)
    left, top, right, bottom = edges(element)
    return (left, top - 24, right, bottom) if element["type"] == "frame" else (left, top, right, bottom)


def _rectangle(element: Element) -> str:
    left, top, right, bottom = edges(element)
    radius = None
    if element.get("roundness"):
        side = min(right - left, bottom - top)
        radius = side / 4 if side <= _CUTOFF else _RADIUS
    place = attributes(x=left, y=top, width=right - left, height=bottom - top, rx=radius)
    return f"<rect{place}{fill(element)}{stroke(element)}/>"


def _ellipse(element: Element) -> str:
    left, top, right, bottom = edges(element)
    centre = attributes(
        cx=(left + right) / 2, cy=(top + bottom) / 2, rx=(right - left) / 2, ry=(bottom - top) / 2
    )
    return f"<ellipse{centre}{fill(element)}{stroke(element)}/>"


def _diamond(element: Element) -> str:
    left, top, right, bottom = edges(element)
    across, down = (left + right) / 2, (top + bottom) / 2
    corners = [(across, top), (right, down), (across, bottom), (left, down)]
    return f"<polygon{attributes(points=lines.joined(corners))}{fill(element)}{stroke(element)}/>"


def _frame(element: Element) -> str:
    left, top, right, bottom = edges(element)
    place = attributes(x=left, y=top, width=right - left, height=bottom - top, rx=8)
    name = attributes(x=left, y=top - 8, fill="#6b7280", font_size=14)
    border = attributes(fill="none", stroke="#9ca3af", stroke_width=2)
    return f"<rect{place}{border}/><text{name}>{escape(element.get('name') or 'Frame')}</text>"


def _text(element: Element, holder: Element | None) -> str:
    left, top, right, bottom = edges(element)
    size = element.get("fontSize", 20)
    step = size * element.get("lineHeight", 1.25)
    x, anchor = {"center": ((left + right) / 2, "middle"), "right": (right, "end")}.get(
        element.get("textAlign", "left"), (left, "start")
    )
    style = attributes(
        font_size=size,
        fill=colour(element.get("strokeColor"), INK),
        text_anchor=anchor,
        font_family="monospace" if element.get("fontFamily") in _MONOSPACE else None,
    )
    spans = "".join(
        f"<tspan{attributes(x=x, y=top + step * (row + 0.5) + size * 0.35)}>{escape(words)}</tspan>"
        for row, words in enumerate((element.get("text") or "").split("\n"))
        if words.strip()
    )
    # The label of an arrow stands in a gap of it.
    gap = attributes(x=left, y=top, width=right - left, height=bottom - top, fill="#ffffff")
    behind = f"<rect{gap}/>" if holder and holder["type"] == "arrow" else ""
    return f"{behind}<text{style}>{spans}</text>"


_DRAWERS: dict[str, Callable[[Element], str]] = {
    "rectangle": _rectangle,
    "ellipse": _ellipse,
    "diamond": _diamond,
    "frame": _frame,
    "arrow": lines.line,
    "line": lines.line,
    "freedraw": lines.freedraw,
}

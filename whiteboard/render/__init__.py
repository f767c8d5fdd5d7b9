"""A board as an SVG picture, for reports and thumbnails: no browser, no fonts of its own, no script, no link.

Everything that comes from an element is escaped or checked here again, so a picture is safe to put into a
page whatever was stored. Only presentation attributes are used: a page's CSP may forbid styles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape

from whiteboard.render import lines
from whiteboard.render.paint import attributes, number
from whiteboard.render.shapes import bounds, draw
from whiteboard.rules import Element
from whiteboard.rules.merge import in_order

MARGIN = 24
_HALO = "#f59e0b"


def svg(
    elements: Iterable[Element],
    *,
    title: str = "The whiteboard",
    marked: Collection[str] = (),
    around: Iterable[Element] = (),
) -> str:
    """The living elements as one <svg>, cropped to what is drawn; the `marked` (ids) get a halo. The crop makes room
    for the living ones `around` too, so that pictures of one board can share a frame.

    Each element is a <g data-element="id">. An empty board is a small empty picture.
    """
    living = [element for element in in_order(elements) if not element.get("isDeleted")]
    by_id = {element["id"]: element for element in living}
    framed = (*living, *(element for element in around if not element.get("isDeleted")))
    boxes = [bounds(element) for element in framed] or [(0.0, 0.0, 320.0, 180.0)]
    left, top = min(box[0] for box in boxes) - MARGIN, min(box[1] for box in boxes) - MARGIN
    width = max(box[2] for box in boxes) + MARGIN - left
    height = max(box[3] for box in boxes) + MARGIN - top
    frame = attributes(
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{number(left)} {number(top)} {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        font_family="Nunito, 'Segoe UI', system-ui, sans-serif",
    )
    paper = f"<rect{attributes(x=left, y=top, width=width, height=height, fill='#ffffff')}/>"
    body = "".join(_group(element, by_id, element["id"] in marked) for element in living)
    return f"<svg{frame}><title>{escape(title)}</title>{paper}{body}</svg>"


def _group(element: Element, by_id: dict[str, Element], marked: bool) -> str:
    x, y, right, bottom = bounds(element)
    halo = ""
    if marked and element["type"] in ("arrow", "line", "freedraw"):
        halo = lines.halo(element, _HALO)  # a box around a slanting arrow would hold half the drawing
    elif marked:
        place = attributes(x=x - 6, y=y - 6, width=right - x + 12, height=bottom - y + 12, rx=8)
        halo = f"<rect{place}{attributes(fill='none', stroke=_HALO, stroke_width=4)}/>"
    turn = ""
    if angle := element.get("angle"):
        centre = f"{number((x + right) / 2)} {number((y + bottom) / 2)}"
        turn = f"rotate({number(angle * 57.29577951)} {centre})"
    faint = element.get("opacity", 100) / 100
    group = attributes(
        data_element=element["id"],
        opacity=faint if faint < 1 else None,
        transform=turn or None,
    )
    return f"<g{group}>{halo}{draw(element, by_id)}</g>"

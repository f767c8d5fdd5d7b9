"""Draws parts, arrows, areas and texts as Excalidraw elements that are bound to each other as if by hand."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from whiteboard.catalogue import Kind
from whiteboard.geometry import Box, Point, border, edges, halfway, middle
from whiteboard.graph import Edge, Flow
from whiteboard.rules import Element

WIDE, HIGH = 176, 70
GAP = 6
PLAIN_FILL, INK = "#f1f3f5", "#1e1e1e"
# As `whiteboard.scene` reads them: people dash what runs in batches and dot what streams.
STROKES: dict[Flow, str] = {"": "solid", "online": "solid", "batch": "dashed", "stream": "dotted"}
_SIZE, _LINE, LETTER = 16, 1.25, 8.2
# Letters to a line: in a box, and on an arrow.
IN_A_BOX, ON_AN_ARROW = 20, 13
_DEPTH = {"frame": 0, "arrow": 1, "line": 1, "rectangle": 2, "text": 3}


@dataclass(slots=True)
class Draft:
    """Elements by id. What is drawn may lean on elements that were there before; binding changes those too."""

    elements: dict[str, Element] = field(default_factory=dict)

    def in_order(self) -> list[Element]:
        """Frames at the back, arrows behind the boxes they pass, texts in front."""
        return sorted(self.elements.values(), key=lambda element: _DEPTH.get(element["type"], 2))

    def box(
        self,
        id: str,
        corner: Point,
        label: str,
        *,
        look: Kind | None,
        stated: bool,
        high: float = HIGH,
    ) -> Element:
        """A labelled part that looks as the palette would draw its kind; `stated`: and says that it is of it."""
        fill, stroke = (look.fill, look.stroke) if look else (PLAIN_FILL, INK)
        is_store = look is not None and look.look == "store"
        box = self._add(
            id, "rectangle", *corner, WIDE, high, backgroundColor=fill, strokeColor=stroke, boundElements=[]
        )
        box |= {"roundness": None if is_store else {"type": 3}, "strokeWidth": 2 if is_store else 1}
        if look and stated:
            box["customData"] = {"part": look.id}
        if label:
            self.text(f"{id}-label", label, middle(box), holder=id)
        return box

    def text(
        self, id: str, words: str, centre: Point, *, holder: str | None = None, wrap: int = IN_A_BOX
    ) -> Element:
        """A text around a point; in a box or on an arrow where `holder` says so."""
        text = self._add(id, "text", 0, 0, 0, 0)
        text |= {"containerId": holder, "lineHeight": _LINE, "autoResize": True}
        text |= {"fontSize": _SIZE, "fontFamily": 6, "textAlign": "center", "verticalAlign": "middle"}
        text |= written(words, centre, wrap=wrap)
        if holder:
            text["frameId"] = self.elements[holder].get("frameId")
            self._bind(holder, id, "text")
        return text

    def arrow(
        self, id: str, source: str, target: str, edge: Edge, way: Sequence[Point] | None = None
    ) -> Element:
        """An arrow between two boxes (ids), with the edge's label, head and flow; straight, or along `way`."""
        arrow = self._add(id, "arrow", 0, 0, 0, 0)
        way = way or straight(self.elements[source], self.elements[target])
        arrow |= along(way)
        arrow |= {"startArrowhead": None, "endArrowhead": "arrow" if edge.directed else None}
        arrow |= {"elbowed": False, "strokeWidth": 1, **flowing(edge.flow)}
        for side, other in (("startBinding", source), ("endBinding", target)):
            arrow[side] = {"elementId": other, "focus": 0, "gap": GAP}
            self._bind(other, id, "arrow")
        if edge.label:
            self.text(f"{id}-label", edge.label, halfway(way), holder=id, wrap=ON_AN_ARROW)
        return arrow

    def frame(self, id: str, name: str, around: Sequence[Box], *, padding: float = 36) -> Element:
        """An area around boxes."""
        left, top, right, bottom = (
            pick(box[side] for box in around) if around else 0.0
            for side, pick in enumerate((min, min, max, max))
        )
        left, top = left - padding, top - padding
        width, height = right + padding - left, bottom + padding - top
        return self._add(id, "frame", left, top, width, height, name=name)

    def _bind(self, holder: str, id: str, kind: str) -> None:
        held = self.elements[holder]
        held["boundElements"] = [*(held.get("boundElements") or ()), {"id": id, "type": kind}]

    def _add(
        self, id: str, kind: str, x: float, y: float, width: float, height: float, **values: Any
    ) -> Element:
        mark = zlib.crc32(id.encode()) % 2**31
        element: Element = {
            **{"id": id, "type": kind, "x": x, "y": y, "width": width, "height": height, "angle": 0},
            **{"version": 1, "versionNonce": mark, "seed": mark, "index": None, "isDeleted": False},
            **{"strokeColor": INK, "backgroundColor": "transparent", "fillStyle": "solid"},
            **{"strokeWidth": 2, "strokeStyle": "solid", "roughness": 0, "opacity": 100, "roundness": None},
            **{"groupIds": [], "frameId": None, "boundElements": [], "updated": 1, "link": None},
            **{"locked": False, **values},
        }
        self.elements[id] = element
        return element


def flowing(flow: Flow) -> dict[str, Any]:
    """How an arrow shows its flow. A solid stroke is also what nobody has chosen, so online is said as well."""
    return {"strokeStyle": STROKES[flow], "customData": {"flow": flow} if flow == "online" else {}}


def written(words: str, centre: Point, *, wrap: int = IN_A_BOX) -> dict[str, Any]:
    """The keys of a text that its words and place decide; browsers measure again."""
    lines = textwrap.wrap(words, wrap) or [words]
    width, height = size(words, wrap=wrap)
    place = {"x": centre[0] - width / 2, "y": centre[1] - height / 2, "width": width, "height": height}
    return {**place, "text": "\n".join(lines), "originalText": words}


def size(words: str, *, wrap: int = IN_A_BOX) -> Point:
    """About how wide and high these words are."""
    lines = textwrap.wrap(words, wrap) or [words]
    return max(map(len, lines)) * LETTER, len(lines) * _SIZE * _LINE


def straight(source: Element, target: Element) -> list[Point]:
    """The ends of a straight arrow from border to border."""
    one, other = edges(source), edges(target)
    return [border(one, middle(target), GAP), border(other, middle(source), GAP)]


def along(way: Sequence[Point]) -> dict[str, Any]:
    """The keys of an arrow that its points (two or more, in the scene) decide."""
    (x, y), across, down = way[0], [x for x, _ in way], [y for _, y in way]
    size = {"width": max(across) - min(across), "height": max(down) - min(down)}
    return {"x": x, "y": y, **size, "points": [[at_x - x, at_y - y] for at_x, at_y in way]}

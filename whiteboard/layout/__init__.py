"""A graph laid out as a drawing, left to right: starters of cases, and pictures of solutions written as
text."""

from __future__ import annotations

import textwrap
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from whiteboard.geometry import middle
from whiteboard.graph import Edge, Frame, Graph
from whiteboard.rules import Element, indices

WIDE, HIGH = 180, 70
COLUMN, ROW = WIDE + 130, HIGH + 50
_PADDING, _GAP = 36, 6
_SIZE, _LINE, _LETTER = 16, 1.25, 8.8


def to_elements(graph: Graph) -> list[Element]:
    """Excalidraw elements, in order, bound to each other as if somebody had drawn them; ids are our own."""
    drawing = _Drawing()
    ids = {part.id: f"part-{number}" for number, part in enumerate(graph.parts)}
    frames = {part: number for number, frame in enumerate(graph.frames) for part in frame.parts}
    places = _places(graph, frames)
    for number, frame in enumerate(graph.frames):
        drawing.frame(f"frame-{number}", frame, [places[part] for part in frame.parts if part in places])
    for part in graph.parts:
        x, y = places[part.id]
        held = f"frame-{frames[part.id]}" if part.id in frames else None
        drawing.box(ids[part.id], x, y, part.label, held)
    for number, edge in enumerate(graph.edges):
        if edge.source in ids and edge.target in ids and edge.source != edge.target:
            drawing.arrow(f"edge-{number}", ids[edge.source], ids[edge.target], edge)
    below = max((y for _, y in places.values()), default=0) + ROW + _PADDING
    for number, note in enumerate(graph.notes):
        drawing.text(f"note-{number}", note.text, (WIDE / 2, below + number * 40), None)
    return drawing.in_order()


def _places(graph: Graph, frames: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """Where each part goes: a column by its distance from the sources, a band of rows for each frame."""
    columns = _columns(graph)
    bands: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in graph.parts:
        bands[frames.get(part.id, -1)][columns[part.id]].append(part.id)
    places: dict[str, tuple[float, float]] = {}
    top = 0.0
    for band in sorted(bands):
        for column, parts in bands[band].items():
            for row, id in enumerate(parts):
                places[id] = (column * COLUMN, top + row * ROW)
        top += max(map(len, bands[band].values())) * ROW + (2 * _PADDING if band >= 0 else _PADDING)
    return places


def _columns(graph: Graph) -> dict[str, int]:
    """The longest way to each part from where the arrows begin; an arrow that closes a loop does not
    count."""
    following: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        following[edge.source].append(edge.target)
    columns = {part.id: 0 for part in graph.parts}
    order: list[str] = []
    onward: dict[str, list[str]] = {part: [] for part in columns}
    state: dict[str, bool] = {}
    for root in columns:
        stack = [(root, iter(following[root]))] if root not in state else []
        state.setdefault(root, True)
        while stack:
            part, rest = stack[-1]
            for target in rest:
                if target in columns and not state.get(target, False):
                    onward[part].append(target)
                    if target not in state:
                        state[target] = True
                        stack.append((target, iter(following[target])))
                        break
            else:
                state[part] = False
                order.append(part)
                stack.pop()
    for part in reversed(order):
        for target in onward[part]:
            columns[target] = max(columns[target], columns[part] + 1)
    reached = {target for targets in onward.values() for target in targets}
    for part, targets in onward.items():
        if targets and part not in reached:  # a source stands beside what it feeds
            columns[part] = min(columns[target] for target in targets) - 1
    return columns


@dataclass(slots=True)
class _Drawing:
    """Elements by id, as they are made."""

    elements: dict[str, Element] = field(default_factory=dict)

    def in_order(self) -> list[Element]:
        """Frames at the back, arrows behind the boxes they pass; each gets the next index."""
        depth = {"frame": 0, "arrow": 1, "rectangle": 2, "text": 3}
        ordered = sorted(self.elements.values(), key=lambda element: depth[element["type"]])
        index = indices.FIRST
        for element in ordered:
            element["index"] = index
            index = indices.above(index)
        return ordered

    def box(self, id: str, x: float, y: float, label: str, frame: str | None) -> None:
        element = self._add(id, "rectangle", x, y, WIDE, HIGH, frameId=frame, backgroundColor="#e7f0ff")
        element["roundness"] = {"type": 3}
        if label:
            self.text(f"{id}-label", label, middle(element), id)
            self.elements[f"{id}-label"]["frameId"] = frame

    def text(
        self, id: str, words: str, centre: tuple[float, float], holder: str | None, wrap: int = 18
    ) -> None:
        lines = textwrap.wrap(words, wrap) or [words]
        width, height = max(map(len, lines)) * _LETTER, len(lines) * _SIZE * _LINE
        text = self._add(id, "text", centre[0] - width / 2, centre[1] - height / 2, width, height)
        text |= {"text": "\n".join(lines), "originalText": words, "containerId": holder, "lineHeight": _LINE}
        text |= {"fontSize": _SIZE, "fontFamily": 6, "textAlign": "center", "verticalAlign": "middle"}
        text["autoResize"] = True
        if holder:
            self._bind(holder, id, "text")

    def arrow(self, id: str, source: str, target: str, edge: Edge) -> None:
        ends = self.elements[source], self.elements[target]
        start, end = _border(ends[0], middle(ends[1])), _border(ends[1], middle(ends[0]))
        across, down = end[0] - start[0], end[1] - start[1]
        arrow = self._add(id, "arrow", *start, abs(across), abs(down), points=[[0, 0], [across, down]])
        arrow |= {
            "startArrowhead": None,
            "endArrowhead": "arrow" if edge.directed else None,
            "elbowed": False,
        }
        for side, other in (("startBinding", source), ("endBinding", target)):
            arrow[side] = {"elementId": other, "focus": 0, "gap": _GAP}
            self._bind(other, id, "arrow")
        if edge.label:
            self.text(f"{id}-label", edge.label, (start[0] + across / 2, start[1] + down / 2), id, 11)

    def frame(self, id: str, frame: Frame, places: list[tuple[float, float]]) -> None:
        across, down = [x for x, _ in places] or [0], [y for _, y in places] or [0]
        left, top = min(across) - _PADDING, min(down) - _PADDING
        width, height = max(across) + WIDE + _PADDING - left, max(down) + HIGH + _PADDING - top
        self._add(id, "frame", left, top, width, height, name=frame.name)

    def _bind(self, holder: str, id: str, kind: str) -> None:
        self.elements[holder]["boundElements"].append({"id": id, "type": kind})

    def _add(
        self, id: str, kind: str, x: float, y: float, width: float, height: float, **values: Any
    ) -> Element:
        mark = zlib.crc32(id.encode()) % 2**31
        element: Element = {
            **{"id": id, "type": kind, "x": x, "y": y, "width": width, "height": height, "angle": 0},
            **{"version": 1, "versionNonce": mark, "seed": mark, "index": None, "isDeleted": False},
            **{"strokeColor": "#1e1e1e", "backgroundColor": "transparent", "fillStyle": "solid"},
            **{"strokeWidth": 2, "strokeStyle": "solid", "roughness": 0, "opacity": 100, "roundness": None},
            **{"groupIds": [], "frameId": None, "boundElements": [], "updated": 1, "link": None},
            **{"locked": False, **values},
        }
        self.elements[id] = element
        return element


def _border(box: Element, towards: tuple[float, float]) -> tuple[float, float]:
    """Just outside the box's border, on the way from its middle to another point."""
    x, y = middle(box)
    across, down = towards[0] - x, towards[1] - y
    reach = min(
        (box["width"] / 2 + _GAP) / abs(across) if across else 1.0,
        (box["height"] / 2 + _GAP) / abs(down) if down else 1.0,
        1.0,
    )
    return x + across * reach, y + down * reach

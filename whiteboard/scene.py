"""From a drawing to the graph it stands for.

Pictures lie a little: labels are separate elements, an arrow may end just beside a box, copies keep the ids
of what they were bound to. So edges come from an arrow's own two bindings, else from what lies within
`REACH` of its ends, and never from a shape's list of arrows, which merging can leave stale either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from whiteboard import catalogue
from whiteboard.geometry import distance, ends, middle, nearest
from whiteboard.graph import Edge, Flow, Frame, Graph, Note, Part
from whiteboard.rules import Element
from whiteboard.rules.merge import in_order

# Up to 20 pixels from a shape the editor binds an arrow's end; at twice that people still mean the shape.
REACH = 45.0
# A line never binds, and people also underline and divide with lines: it must touch.
LINE_REACH = 15.0
_SHAPES = frozenset({"rectangle", "ellipse", "diamond"})
_FLOWS: dict[str, Flow] = {"dashed": "batch", "dotted": "stream"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A graph, the ids of the edges that were guessed from where an arrow ends, and {part or edge id: the ids of the
    texts that make its label}."""

    graph: Graph
    guessed: frozenset[str] = frozenset()
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Drawing:
    """The living elements, sorted out. `boxes` are what becomes a part: shapes, and texts that arrows point
    at."""

    boxes: dict[str, Element] = field(default_factory=dict)
    links: dict[str, Element] = field(default_factory=dict)
    texts: dict[str, Element] = field(default_factory=dict)
    frames: dict[str, Element] = field(default_factory=dict)


def read(elements: Iterable[Element]) -> Graph:
    """The graph of these elements; deleted ones are left out. Never raises on elements that `validate`
    passed."""
    return examine(elements).graph


def examine(elements: Iterable[Element]) -> Reading:
    """The graph, and which of its edges are guesses."""
    drawing = _sort_out(elements)
    texts, notes = _labels(drawing)
    labels = {id: " ".join(_words(drawing.texts[text]) for text in found) for id, found in texts.items()}
    found = {id: _edge(link, drawing.boxes, labels) for id, link in drawing.links.items()}
    pairs = [pair for pair in found.values() if pair is not None]
    graph = Graph(
        parts=tuple(Part(id, labels.get(id, ""), _stated_kind(box)) for id, box in drawing.boxes.items()),
        edges=tuple(edge for edge, _ in pairs),
        frames=tuple(_frame(frame, drawing) for frame in drawing.frames.values()),
        notes=notes,
        loose=tuple(
            id for id, pair in found.items() if pair is None and drawing.links[id]["type"] == "arrow"
        ),
    )
    return Reading(graph, frozenset(edge.id for edge, guessed in pairs if guessed), texts)


def _sort_out(elements: Iterable[Element]) -> _Drawing:
    drawing = _Drawing()
    for element in in_order(elements):
        if element.get("isDeleted"):
            continue
        kind = element["type"]
        if kind in _SHAPES:
            drawing.boxes[element["id"]] = element
        elif kind in ("arrow", "line"):
            drawing.links[element["id"]] = element
        elif kind == "text":
            drawing.texts[element["id"]] = element
        elif kind == "frame":
            drawing.frames[element["id"]] = element
    for link in drawing.links.values():
        for target in (_bound(link, "startBinding"), _bound(link, "endBinding")):
            if target in drawing.texts and not _holder(drawing.texts[target], drawing):
                drawing.boxes[target] = drawing.texts[target]
    return drawing


def _labels(drawing: _Drawing) -> tuple[dict[str, tuple[str, ...]], tuple[Note, ...]]:
    """({box or link id: the ids of its texts}, the texts that belong to nothing)."""
    found: dict[str, list[str]] = {}
    notes: list[Note] = []
    shapes = [box for box in drawing.boxes.values() if box["type"] != "text"]
    for id, text in drawing.texts.items():
        words = _words(text)
        holder = (
            id if id in drawing.boxes else _holder(text, drawing) or nearest(middle(text), shapes, within=0)
        )
        if not words:
            continue
        if holder is None:
            notes.append(Note(id, words))
        else:
            found.setdefault(holder, []).append(id)
    return {holder: tuple(ids) for holder, ids in found.items()}, tuple(notes)


def _holder(text: Element, drawing: _Drawing) -> str | None:
    """The living shape or link that a text is bound to; a deleted one leaves its label free."""
    holder = text.get("containerId")
    return holder if holder in drawing.boxes or holder in drawing.links else None


def _edge(link: Element, boxes: Mapping[str, Element], labels: Mapping[str, str]) -> tuple[Edge, bool] | None:
    """(the edge that an arrow or line stands for, whether it was guessed), if it joins two different
    boxes."""
    reach = REACH if link["type"] == "arrow" else LINE_REACH
    bound = [_bound(link, side) for side in ("startBinding", "endBinding")]
    known = [id if id in boxes else None for id in bound]
    source, target = (
        id or nearest(end, boxes.values(), reach) for id, end in zip(known, ends(link), strict=True)
    )
    if source is None or target is None or source == target:
        return None
    at_start = link.get("startArrowhead")
    at_end = link.get("endArrowhead", "arrow" if link["type"] == "arrow" else None)
    if at_start and not at_end:
        source, target = target, source
    directed = bool(at_start) != bool(at_end)
    edge = Edge(link["id"], source, target, labels.get(link["id"], ""), directed, _stated_flow(link))
    return edge, None in known


def _stated_kind(box: Element) -> str:
    """What the palette or a correction says the box is."""
    stated = (box.get("customData") or {}).get("part")
    return stated if stated in catalogue.kinds() else ""


def _stated_flow(link: Element) -> Flow:
    """What the stroke says: people dash what runs in batches and dot what streams. A solid one says nothing, unless
    online was chosen for it."""
    stroke = link.get("strokeStyle") or "solid"
    chosen = (link.get("customData") or {}).get("flow")
    return "online" if stroke == "solid" and chosen == "online" else _FLOWS.get(stroke, "")


def _bound(link: Element, side: str) -> str | None:
    return (link.get(side) or {}).get("elementId")


def _frame(frame: Element, drawing: _Drawing) -> Frame:
    inside = [
        id
        for id, box in drawing.boxes.items()
        if box.get("frameId") == frame["id"]
        or (box.get("frameId") not in drawing.frames and distance(middle(box), frame) == 0)
    ]
    return Frame(frame["id"], (frame.get("name") or "").strip(), tuple(inside))


def _words(text: Element) -> str:
    """A text as it was typed: `text` holds the line breaks that wrapping put in."""
    return " ".join((text.get("originalText") or text.get("text") or "").split())

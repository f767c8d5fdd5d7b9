"""A graph laid out as a drawing, left to right: starters of cases, imports, and pictures of solutions written as
text."""

from __future__ import annotations

from collections.abc import Mapping

from whiteboard import catalogue
from whiteboard.drafting import GAP, HIGH, ON_AN_ARROW, WIDE, Draft, size
from whiteboard.geometry import Box
from whiteboard.graph import Edge, Graph
from whiteboard.layout.grid import cells
from whiteboard.layout.routes import Leg, Router
from whiteboard.rules import Element, indices
from whiteboard.understanding import understand

# The space between boxes, and what an area keeps around its own.
_ACROSS, _DOWN, _PADDING = 124, 50, 36
# A label that is longer than this overflows its box, rather than making all boxes tall.
_HIGHEST = 150


def to_elements(graph: Graph, *, mark: str = "") -> list[Element]:
    """Excalidraw elements, in order, bound to each other as if somebody had drawn them.

    Ids are our own; they begin with `mark`, which must differ between drawings that meet on one board. A part looks
    as its kind, stated or read, and states only what the graph states.
    """
    draft = Draft()
    read = understand(graph).by_id
    ids = {part.id: f"{mark}part-{number}" for number, part in enumerate(graph.parts)}
    frames = {
        part: f"{mark}frame-{number}" for number, frame in enumerate(graph.frames) for part in frame.parts
    }
    high = max((size(part.label)[1] + 20 for part in graph.parts), default=0)
    places = _places(graph, max(HIGH, min(high, _HIGHEST)))
    for number, frame in enumerate(graph.frames):
        draft.frame(f"{mark}frame-{number}", frame.name, [places[part] for part in frame.parts])
    for part in graph.parts:
        left, top, _, bottom = places[part.id]
        look = catalogue.kinds().get(read[part.id].kind)
        box = draft.box(
            ids[part.id], (left, top), part.label, look=look, stated=bool(part.kind), high=bottom - top
        )
        if part.id in frames:
            for element in (box, draft.elements.get(f"{ids[part.id]}-label", box)):
                element["frameId"] = frames[part.id]
    edges = [edge for edge in graph.edges if edge.source in ids and edge.target in ids]
    edges = [edge for edge in edges if edge.source != edge.target]
    router = Router(list(places.values()), (_ACROSS, _DOWN), GAP)
    ways = router.ways([_leg(edge, places) for edge in edges])
    for number, (edge, way) in enumerate(zip(edges, ways, strict=True)):
        draft.arrow(f"{mark}edge-{number}", ids[edge.source], ids[edge.target], edge, way)
    below = max((bottom for *_, bottom in places.values()), default=0) + _DOWN + _PADDING
    for number, note in enumerate(graph.notes):
        draft.text(f"{mark}note-{number}", note.text, (WIDE / 2, below + number * 40), wrap=60)
    return _indexed(draft.in_order())


def _indexed(elements: list[Element]) -> list[Element]:
    index = indices.FIRST
    for element in elements:
        element["index"] = index
        index = indices.above(index)
    return elements


def _places(graph: Graph, high: float) -> dict[str, Box]:
    """{part id: its box}, all of this height."""
    found = cells(graph)
    corners = {
        id: (cell.column * (WIDE + _ACROSS), cell.row * (high + _DOWN) + cell.band * 2 * _PADDING)
        for id, cell in found.items()
    }
    return {id: (x, y, x + WIDE, y + high) for id, (x, y) in corners.items()}


def _leg(edge: Edge, places: Mapping[str, Box]) -> Leg:
    label = size(edge.label, wrap=ON_AN_ARROW) if edge.label else (0.0, 0.0)
    return Leg(places[edge.source], places[edge.target], label)

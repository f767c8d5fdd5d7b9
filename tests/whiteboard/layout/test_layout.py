from __future__ import annotations

from itertools import pairwise

import pytest

from whiteboard import layout, scene
from whiteboard.formats.portable import parse
from whiteboard.geometry import Box, Point, edges
from whiteboard.graph import Edge, Flow, Graph, Part
from whiteboard.layout.grid import cells
from whiteboard.rules import validate
from whiteboard.rules.repair import repairs
from whiteboard.rules.scene import Scene
from whiteboard.starters import starters

LOOPS = {
    "nodes": [{"id": id, "label": f"The {id} of the system"} for id in ("log", "features", "train", "serve")],
    "edges": [
        ["log", "features"],
        ["features", "train", "daily"],
        ["train", "serve", "model"],
        ["serve", "log", "clicks"],
    ],
    "frames": [{"name": "Offline", "nodes": ["features", "train"]}, {"name": "Online", "nodes": ["serve"]}],
}


def _names(graph: Graph) -> tuple[set[str], set[tuple[str, str, str]], dict[str, set[str]]]:
    label = graph.label
    return (
        {part.label for part in graph.parts},
        {(label(edge.source), label(edge.target), edge.label) for edge in graph.edges},
        {frame.name: set(map(label, frame.parts)) for frame in graph.frames},
    )


def test_a_graph_that_is_drawn_reads_back_as_the_same_graph() -> None:
    graph = parse(LOOPS)
    assert _names(scene.read(layout.to_elements(graph))) == _names(graph)


def test_a_drawn_graph_passes_the_rules_and_needs_no_repair() -> None:
    elements = layout.to_elements(parse(LOOPS))
    assert validate.elements(elements) == (elements, [])
    by_id = {element["id"]: element for element in elements}
    assert repairs(Scene(by_id.values()), list(by_id)) == []


def test_in_an_area_arrows_lead_to_the_right() -> None:
    found = cells(parse(LOOPS))
    assert found["features"].column < found["train"].column
    assert found["features"].row == found["train"].row
    assert found["log"].band < found["features"].band < found["serve"].band


def test_a_part_that_looks_as_its_kind_states_it_only_where_the_graph_does() -> None:
    stated, read, plain = (
        element
        for element in layout.to_elements(
            Graph((Part("a", "Whatever", "cache"), Part("b", "Redis cache"), Part("c", "Whatever")))
        )
        if element["type"] == "rectangle"
    )
    assert stated["customData"] == {"part": "cache"}
    assert "customData" not in read
    assert stated["backgroundColor"] == read["backgroundColor"] != plain["backgroundColor"]


@pytest.mark.parametrize("flow", ["", "online", "batch", "stream"])
def test_an_arrow_keeps_its_flow(flow: Flow) -> None:
    graph = Graph((Part("a", "A"), Part("b", "B")), (Edge("e", "a", "b", "", True, flow),))
    assert scene.read(layout.to_elements(graph)).edges[0].flow == flow


def test_two_drawings_can_meet_on_one_board() -> None:
    both = layout.to_elements(parse(LOOPS), mark="x-") + layout.to_elements(parse(LOOPS), mark="y-")
    assert len({element["id"] for element in both}) == len(both)


def test_a_long_label_makes_its_box_higher() -> None:
    short, long = (
        max(e["height"] for e in layout.to_elements(Graph((Part("a", "word " * count),))))
        for count in (3, 25)
    )
    assert short < long


@pytest.mark.parametrize("name", sorted(starters()))
def test_no_arrow_of_a_starter_passes_through_a_box_or_along_another_arrow(name: str) -> None:
    elements = layout.to_elements(starters()[name].graph)
    boxes = {e["id"]: edges(e) for e in elements if e["type"] == "rectangle"}
    pieces = []
    for arrow in (e for e in elements if e["type"] == "arrow"):
        points = [(arrow["x"] + x, arrow["y"] + y) for x, y in arrow["points"]]
        for piece in pairwise(points):
            assert [id for id, box in boxes.items() if crosses(*piece, box)] == []
            pieces.append(piece)
    assert len(set(pieces)) == len(pieces)


def crosses(start: Point, end: Point, box: Box) -> bool:
    """Looked at step by step, which is slow and plain."""
    return any(
        box[0] < start[0] + (end[0] - start[0]) * at / 200 < box[2]
        and box[1] < start[1] + (end[1] - start[1]) * at / 200 < box[3]
        for at in range(201)
    )


def test_boxes_do_not_overlap() -> None:
    boxes = [e for e in layout.to_elements(parse(LOOPS)) if e["type"] == "rectangle"]
    assert len({(box["x"], box["y"]) for box in boxes}) == len(boxes)


@pytest.mark.parametrize("given", [None, {}, {"nodes": [{"id": "a"}], "edges": [["a", "a"]], "frames": [{}]}])
def test_little_or_nothing_can_be_drawn_too(given: object) -> None:
    elements = layout.to_elements(parse(given))
    assert validate.elements(elements)[1] == []


def test_a_long_chain_is_no_trouble() -> None:
    count = 1_500
    nodes = [{"id": str(i), "label": str(i)} for i in range(count)]
    edges = [[str(i), str(i + 1)] for i in range(count - 1)]
    assert len(layout.to_elements(parse({"nodes": nodes, "edges": edges}))) == 3 * count - 1

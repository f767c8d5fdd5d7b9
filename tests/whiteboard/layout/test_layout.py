from __future__ import annotations

import pytest

from whiteboard import layout, scene
from whiteboard.graph import Graph
from whiteboard.portable import parse
from whiteboard.rules import validate
from whiteboard.rules.repair import repairs

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
    assert repairs(by_id, list(by_id)) == []


def test_arrows_lead_to_the_right_but_for_the_one_that_closes_the_loop() -> None:
    graph = parse(LOOPS)
    boxes = [e for e in layout.to_elements(graph) if e["type"] == "rectangle"]
    assert [box["x"] for box in boxes] == sorted({box["x"] for box in boxes})


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

from __future__ import annotations

import pytest

from whiteboard.graph import Edge, Frame, Graph, Part
from whiteboard.portable import PortableError, parse


def test_a_drawing_written_as_text_is_a_graph() -> None:
    drawing = {
        "nodes": [{"id": "a", "label": "Log"}, {"id": 2, "label": 2}],
        "edges": [["a", 2, "events"], [2, "a"]],
        "frames": [{"name": "Offline", "nodes": ["a"]}],
    }
    assert parse(drawing) == Graph(
        (Part("a", "Log"), Part("2", "2")),
        (Edge("edge-0", "a", "2", "events"), Edge("edge-1", "2", "a")),
        (Frame("frame-0", "Offline", ("a",)),),
    )


@pytest.mark.parametrize("nothing", [None, {}, {"nodes": [], "edges": None}])
def test_nothing_is_an_empty_graph(nothing: object) -> None:
    assert parse(nothing) == Graph()


@pytest.mark.parametrize(
    ("drawing", "key"),
    [
        ([], "diagram"),
        ({"boxes": []}, "diagram.boxes"),
        ({"nodes": "a"}, "diagram.nodes"),
        ({"nodes": ["a"]}, "diagram.nodes[0]"),
        ({"nodes": [{"id": ["x"]}]}, "diagram.nodes[0].id"),
        ({"nodes": [{"id": "a"}, {"id": "a"}]}, "diagram.nodes"),
        ({"nodes": [{"id": "a"}] * 2_001}, "diagram.nodes"),
        ({"edges": [["a", "b"]]}, "diagram.edges[0]"),
        ({"nodes": [{"id": "a"}], "edges": [["a"]]}, "diagram.edges[0]"),
        ({"frames": [{"nodes": ["a"]}]}, "diagram.frames[0].nodes"),
        ({"frames": [{"nodes": "a"}]}, "diagram.frames[0].nodes"),
        ({"frames": ["a"]}, "diagram.frames[0]"),
    ],
)
def test_a_mistake_is_named_by_its_key(drawing: object, key: str) -> None:
    with pytest.raises(PortableError) as error:
        parse(drawing)
    assert error.value.key == key
    assert error.value.reason

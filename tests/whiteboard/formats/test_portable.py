from __future__ import annotations

import pytest

from whiteboard.formats import FormatError
from whiteboard.formats.portable import dumps, loads, parse
from whiteboard.graph import Edge, Frame, Graph, Note, Part


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
        ([], "the drawing"),
        ({"boxes": []}, "boxes"),
        ({"nodes": "a"}, "nodes"),
        ({"nodes": ["a"]}, "nodes[0]"),
        ({"nodes": [{"id": ["x"]}]}, "nodes[0].id"),
        ({"nodes": [{"id": "a"}, {"id": "a"}]}, "nodes"),
        ({"nodes": [{"id": "a"}] * 2_001}, "nodes"),
        ({"edges": [["a", "b"]]}, "edges[0]"),
        ({"nodes": [{"id": "a"}], "edges": [["a"]]}, "edges[0]"),
        ({"frames": [{"nodes": ["a"]}]}, "frames[0].nodes"),
        ({"frames": [{"nodes": "a"}]}, "frames[0].nodes"),
        ({"frames": ["a"]}, "frames[0]"),
        ({"nodes": [{"id": "a", "kind": "toaster"}]}, "nodes[0].kind"),
        ({"nodes": [{"id": "a", "kind": ["ranker"]}]}, "nodes[0].kind"),
        ({"nodes": [{"id": "a"}], "edges": [{"from": "a"}]}, "edges[0]"),
        ({"nodes": [{"id": "a"}], "edges": [{"from": "a", "to": "a", "flow": "fast"}]}, "edges[0].flow"),
        ({"nodes": [{"id": "a"}], "edges": [{"from": "a", "to": "a", "directed": 1}]}, "edges[0].directed"),
        ({"notes": [[]]}, "notes[0]"),
    ],
)
def test_a_mistake_is_named_by_its_key(drawing: object, key: str) -> None:
    with pytest.raises(FormatError) as error:
        parse(drawing)
    assert error.value.where == key
    assert error.value.reason


EVERYTHING = Graph(
    (Part("a", "Log: clicks", "event-log"), Part("2", "007"), Part("c", "no")),
    (
        Edge("edge-0", "a", "2", "events"),
        Edge("edge-1", "2", "a", "", False),
        Edge("edge-2", "2", "c", "- daily", True, "batch"),
    ),
    (Frame("frame-0", "Offline", ("a", "2")), Frame("frame-1", "Empty")),
    (Note("note-0", "null"),),
)


def test_what_is_written_reads_back() -> None:
    assert loads(dumps(EVERYTHING)) == EVERYTHING


def test_the_drawing_of_a_submission_is_read() -> None:
    assert loads("id: x\ndiagram:\n  nodes: [{id: a, label: Log}]\n") == Graph((Part("a", "Log"),))


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("nodes: [", "line 1", "is not YAML"),
        ("nodes:\n  - &a {id: x}\n  - *a", "line 2", "anchors"),
        ("nodes: !!python/object:os.system []", "line 1", "tags"),
        # Each of these two kept a core busy for minutes.
        ("[" * 100_000, "line 1", "nest"),
        ("nodes:\n" + "- {id: a, label: b}\n" * 60_000, "line 20001", "100,000 keys and values"),
        ("nodes: " + "[" * 21 + "]" * 21, "line 1", "nests more than 20 deep"),
        ("\x07", "the text", "is not YAML"),
        ("just words", "the drawing", "must be a mapping"),
    ],
)
def test_what_is_no_drawing_is_refused_in_words(text: str, where: str, says: str) -> None:
    with pytest.raises(FormatError) as error:
        loads(text)
    assert error.value.where == where
    assert says in error.value.reason

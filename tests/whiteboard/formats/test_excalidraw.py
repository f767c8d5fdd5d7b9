from __future__ import annotations

import json
from typing import Any

import pytest

from tests.whiteboard.drawing import arrow, box, text
from whiteboard import scene
from whiteboard.formats import IMPORTS, MAX_BYTES, FormatError, excalidraw, read
from whiteboard.graph import Graph
from whiteboard.rules import validate

DRAWN = [
    box("b1", boundElements=[{"id": "t1", "type": "text"}, {"id": "a1", "type": "arrow"}], groupIds=["g"]),
    text("t1", "Ranker", "b1"),
    box("b2", x=400, groupIds=["g"]),
    arrow("a1", "b1", "b2"),
    box("b3", isDeleted=True),
]


def file(elements: Any) -> str:
    return json.dumps({"type": "excalidraw", "version": 2, "elements": elements})


def names(graph: Graph) -> list[tuple[str, str]]:
    return [(graph.label(edge.source), graph.label(edge.target)) for edge in graph.edges]


def test_what_is_written_reads_back_under_other_ids() -> None:
    elements, left_out = excalidraw.loads(excalidraw.dumps(DRAWN), mark="m-")
    assert left_out == 0
    assert len(elements) == 4
    assert all(element["id"].startswith("m-") for element in elements)
    assert names(scene.read(elements)) == names(scene.read(DRAWN)) == [("Ranker", "")]
    assert len({group for element in elements for group in element.get("groupIds", ())}) == 1
    assert validate.elements(elements) == (elements, [])


def test_an_old_file_without_versions_is_read() -> None:
    old = {
        "id": "x",
        "type": "rectangle",
        "x": 0,
        "y": 0,
        "width": 10,
        "height": 10,
        "strokeSharpness": "sharp",
    }
    (element,), _ = excalidraw.loads(file([old]), mark="m-")
    assert (element["version"], element["isDeleted"]) == (1, False)
    assert "strokeSharpness" not in element


def test_pictures_and_embeds_are_left_out_and_counted() -> None:
    others = [
        {"id": "p", "type": "image", "fileId": "f"},
        {"id": "e", "type": "iframe", "link": "https://x.y"},
    ]
    elements, left_out = excalidraw.loads(file([*DRAWN, *others]), mark="m-")
    assert (len(elements), left_out) == (4, 2)


def test_what_points_at_nothing_is_let_go() -> None:
    (element,), _ = excalidraw.loads(file([arrow("a1", "gone", "away", frameId="gone")]), mark="m-")
    assert (element["startBinding"], element["endBinding"], element["frameId"]) == (None, None, None)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("{", "line 1"),
        ("[" * 100_000, "the text"),
        ("[]", "type"),
        ('{"type": "excalidrawlib", "libraryItems": []}', "type"),
        ('{"type": "excalidraw", "elements": {}}', "elements"),
        (file([1]), "element of element ?"),
        (file([{"type": "rectangle"}]), "id of element ?"),
        (file([box("b1"), box("b1")]), "elements"),
        (file([box("b1", link="javascript:alert(1)")]), "link of element b1"),
        (file([box("b1", x=float("nan"))]), "x of element b1"),
        (file([{"id": "b1", "type": "selection"}]), "type of element b1"),
        (file([{**box("b1"), "id": f"b{i}"} for i in range(2_001)]), "elements"),
    ],
)
def test_a_fault_is_named(content: str, where: str) -> None:
    with pytest.raises(FormatError) as error:
        excalidraw.loads(content, mark="m-")
    assert error.value.where == where
    assert error.value.reason


@pytest.mark.parametrize("format", IMPORTS)
def test_too_much_or_nothing_to_draw_is_refused_in_words(format: str) -> None:
    empty = {"excalidraw": file([]), "mermaid": "flowchart LR", "yaml": "nodes: []"}[format]
    with pytest.raises(FormatError, match="holds nothing that could be drawn"):
        read(format, empty, mark="m-")
    with pytest.raises(FormatError, match="at most 2 MB"):
        read(format, empty + " " * MAX_BYTES, mark="m-")


def test_a_graph_that_makes_too_many_elements_is_refused() -> None:
    with pytest.raises(FormatError, match=r"has 2,400 elements; a board holds at most 2,000"):
        read("mermaid", "graph TD\n" + "\n".join(f"n{i}" for i in range(1_200)), mark="m-")


def test_another_format_is_refused() -> None:
    with pytest.raises(FormatError, match="must be one of excalidraw, mermaid, yaml"):
        read("visio", "x", mark="m-")

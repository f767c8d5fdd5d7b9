from __future__ import annotations

import contextlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whiteboard import catalogue
from whiteboard.formats import FormatError, mermaid
from whiteboard.graph import Edge, Frame, Graph, Part

# Written by hand after the syntax page: each form that a node, a line or a statement can take.
KITCHEN_SINK = """---
title: A system
---
%%{init: {"theme": "dark"}}%%
graph TD;
  A[Client<br/>app] -->|asks| B(Gateway); %% a remark
  B -- two words --> C{{"Ranker (20 ms)"}}:::ranker & D[(Redis)]
  C -. nightly .-> E
  E == "as events" ==> F
  F --- G
  G <--> H((H #amp; co))
  subgraph off [Offline loop]
    direction LR
    E[/data/]
    K@{ shape: cyl, label: "Kafka topic" }
  end
  style A fill:#f9f
  click A "javascript:alert(1)"
  a-b ----> c.d
  A ~~~ B
"""


def test_a_flowchart_is_a_graph() -> None:
    graph = mermaid.loads(KITCHEN_SINK)
    parts = {part.id: (part.label, part.kind) for part in graph.parts}
    assert parts == {
        "A": ("Client app", ""),
        "B": ("Gateway", ""),
        "C": ("Ranker (20 ms)", "ranker"),
        "D": ("Redis", ""),
        "E": ("data", ""),
        "F": ("F", ""),
        "G": ("G", ""),
        "H": ("H & co", ""),
        "K": ("Kafka topic", ""),
        "a-b": ("a-b", ""),
        "c.d": ("c.d", ""),
    }
    assert [(e.source, e.target, e.label, e.directed, e.flow) for e in graph.edges] == [
        ("A", "B", "asks", True, ""),
        ("B", "C", "two words", True, ""),
        ("B", "D", "two words", True, ""),
        ("C", "E", "nightly", True, "batch"),
        ("E", "F", "as events", True, "stream"),
        ("F", "G", "", False, ""),
        ("G", "H", "", False, ""),
        ("a-b", "c.d", "", True, ""),
    ]
    assert graph.frames == (Frame("frame-0", "Offline loop", ("E", "K")),)


def test_a_chain_joins_each_with_each() -> None:
    graph = mermaid.loads("flowchart LR\nA & B --> C --> D & E")
    assert [(e.source, e.target) for e in graph.edges] == [
        *(("A", "C"), ("B", "C"), ("C", "D"), ("C", "E")),
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [('f ["A; b]"]', "A; b]"), ("f[A b]", "A b"), ('"A b"', "A b"), ("A b", "A b"), ("A", "A")],
)
def test_a_subgraph_has_its_title_in_many_forms(title: str, name: str) -> None:
    graph = mermaid.loads(f"graph TD\nsubgraph {title}\nX --> Y\nend\nY --> Z")
    assert graph.frames == (Frame("frame-0", name, ("X", "Y")),)


def test_a_fenced_flowchart_is_read_too() -> None:
    assert len(mermaid.loads("```mermaid\nflowchart LR\nA --> B\n```\n").edges) == 1


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("", "line 1", "there is nothing"),
        ("sequenceDiagram\nA->>B: x", "line 1", "only flowcharts"),
        ("graph TD\nA[one", "line 2", "not closed"),
        ("graph TD\n\nA -->", "line 3", "a node was expected"),
        ("graph TD\nend", "line 2", "closes no subgraph"),
        ("graph TD\nsubgraph x\nA", "line 3", "has no end"),
        ("graph TD\nA B", "line 2", "'B' was not expected"),
        ("graph TD\nsubgraph s\nA\nend\nA --> s", "the arrow to or from 's'", "ends at a subgraph"),
        ("graph TD\n" + " " * 5_001, "line 2", "longer than"),
        ("graph TD\n" + "\n".join(f"n{i}" for i in range(2_001)), "line 2002", "at most 2,000 nodes"),
        (
            f"graph TD\n{' & '.join(f'n{i}' for i in range(50))} --> {' & '.join(f'm{i}' for i in range(50))}",
            "line 2",
            "at most 2,000 arrows",
        ),
    ],
)
def test_a_mistake_is_named_by_its_line(text: str, where: str, says: str) -> None:
    with pytest.raises(FormatError) as error:
        mermaid.loads(text)
    assert error.value.where == where
    assert says in error.value.reason


words = st.text(
    st.sampled_from(string.ascii_letters + string.digits + ' "#&<>`|[](){}%;:-=.,/é漢'), max_size=30
)
plain = words.map(lambda label: " ".join(label.split()))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    kinds = st.sampled_from(["", *catalogue.kinds()])
    parts = [
        Part(f"n{i}", draw(plain), draw(kinds)) for i in range(draw(st.integers(min_value=0, max_value=6)))
    ]
    ends = st.sampled_from([part.id for part in parts] or ["none"])
    edges = [
        Edge(
            f"edge-{i}",
            draw(ends),
            draw(ends),
            draw(plain),
            draw(st.booleans()),
            draw(st.sampled_from(["", "batch", "stream"])),
        )
        for i in range(draw(st.integers(min_value=0, max_value=6)) if parts else 0)
    ]
    split = draw(st.integers(min_value=0, max_value=len(parts)))
    frames = (Frame("frame-0", draw(plain), tuple(part.id for part in parts[:split])),) if split else ()
    return Graph(tuple(parts), tuple(edges), frames)


@given(graphs())
def test_what_is_written_reads_back(graph: Graph) -> None:
    assert mermaid.loads(mermaid.dumps(graph)) == graph


@given(st.text(st.sampled_from('AB[](){}|-=.>&;:"%~\n ox@/\\subgraphend'), max_size=120))
def test_nonsense_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(FormatError):
        assert isinstance(mermaid.loads(f"graph TD\n{text}"), Graph)

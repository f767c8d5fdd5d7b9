from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whiteboard import catalogue, outline
from whiteboard.formats import FormatError
from whiteboard.graph import Edge, Flow, Frame, Graph, Note, Part

DRAWN = Graph(
    (Part("c", "Client"), Part("r", "Ranker: 20 ms", "ranker"), Part("k", "Cache"), Part("k2", "Cache")),
    (
        Edge("e1", "c", "r", "request"),
        Edge("e2", "r", "k2", "", False),
        Edge("e3", "c", "k", "a: b", True, "batch"),
    ),
    (Frame("f", "Online loop", ("r", "k")),),
    (Note("n", "Ask about the budget"),),
)
WRITTEN = """\
Client
  -> Ranker: 20 ms: request
  batch -> Cache #2: a: b
Cache
# Online loop
Ranker: 20 ms [Ranker]
  -- Cache
Cache #2
> Ask about the budget"""


def test_a_drawing_is_written_part_by_part_with_its_arrows() -> None:
    written = outline.write(DRAWN)
    assert written.text == WRITTEN
    assert written.ids == ("c", "e1", "e3", "k2", "f", "r", "e2", "k", "n")


def sets(graph: Graph) -> tuple[object, ...]:
    """The outline has an order of its own, and does not say the kind of what is called so."""
    kinds = catalogue.kinds().items()
    names = {(name, id) for id, kind in kinds for name in (kind.name.lower(), id)}
    parts = {
        replace(part, kind="") if (part.label.lower(), part.kind) in names else part for part in graph.parts
    }
    return tuple(set(each) for each in (parts, graph.edges, graph.frames, graph.notes))


words = st.text(st.sampled_from("ab #>\\->[]():2é"), max_size=12) | st.sampled_from(
    ["Cache", "Cache #2", "(no label)", "Ranker [Ranker]", "batch -> x", "x []", "A", "A: b"]
)
plain = words.map(lambda label: " ".join(label.split()))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    kinds = st.sampled_from(["", "ranker", *catalogue.kinds()])
    parts = [Part(f"p{i}", draw(plain), draw(kinds)) for i in range(draw(st.integers(0, 6)))]
    ends = st.sampled_from([part.id for part in parts] or ["none"])
    edges = [
        Edge(f"e{i}", draw(ends), draw(ends), draw(plain), draw(st.booleans()), draw(FLOWS))
        for i in range(draw(st.integers(0, 6)) if parts else 0)
    ]
    split = draw(st.integers(0, len(parts)))
    frames = (
        Frame(
            "f0",
            draw(plain.filter(bool).filter(lambda name: name != "(no label)")),
            tuple(p.id for p in parts[:split]),
        ),
        Frame("f1", "", tuple(p.id for p in parts[split:])),
    )
    return Graph(tuple(parts), tuple(edges), frames, (Note("n", draw(plain)),))


FLOWS: st.SearchStrategy[Flow] = st.sampled_from(["", "online", "batch", "stream"])


@given(graphs())
def test_what_is_written_reads_back(graph: Graph) -> None:
    written = outline.write(graph)
    again = outline.read(written.text, written.ids)
    assert sets(again) == sets(graph)


def test_ids_that_are_not_given_are_the_lines() -> None:
    graph = outline.read("A\n-> B\n\nB")
    assert [part.id for part in graph.parts] == ["line-1", "line-4"]
    assert [(edge.id, edge.source, edge.target) for edge in graph.edges] == [("line-2", "line-1", "line-4")]


def test_a_kind_may_be_said_by_name_or_id_in_any_case() -> None:
    graph = outline.read("A [ann-index]\nB [ANN Index]\nC [toaster]")
    assert [(part.label, part.kind) for part in graph.parts] == [
        *(("A", "ann-index"), ("B", "ann-index"), ("C [toaster]", "")),
    ]


def test_a_hash_alone_ends_an_area() -> None:
    graph = outline.read("# Online\nA\n#\nB")
    assert graph.frames == (Frame("line-1", "Online", ("line-2",)),)
    assert len(graph.parts) == 2


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("-> A", "line 1", "needs a part above it"),
        ("# Area\n-> A", "line 2", "needs a part above it"),
        ("Client\n-> Clinet", "line 2", "did you mean “Client”?"),
        ("Client\n\n -> Something else: x", "line 3", "there is no part called “Something else”"),
        ("A\nA", "line 2", "two parts called 'A'"),
        ("x" * 200_001, "the outline", "at most 200,000"),
    ],
)
def test_a_mistake_is_named_by_its_line(text: str, where: str, says: str) -> None:
    with pytest.raises(FormatError) as error:
        outline.read(text)
    assert error.value.where == where
    assert says in error.value.reason

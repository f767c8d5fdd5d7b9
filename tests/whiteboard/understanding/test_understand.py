from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whiteboard.graph import Edge, Flow, Frame, Graph, Part
from whiteboard.understanding import understand


def kinds(graph: Graph) -> dict[str, str]:
    return {one.id: one.kind for one in understand(graph).components}


def flow(source: str, target: str, label: str = "", stated: Flow = "") -> str:
    graph = Graph((Part("a", source), Part("b", target)), (Edge("e", "a", "b", label, flow=stated),))
    return understand(graph).links[0].flow


def test_what_the_drawing_states_wins_over_the_label() -> None:
    (part,) = understand(Graph((Part("x", "Redis", kind="ann-index"),))).components
    assert (part.kind, part.origin) == ("ann-index", "stated")


def test_a_label_that_says_nothing_stays_unknown() -> None:
    (part,) = understand(Graph((Part("x", "Zwiebelfisch"),))).components
    assert (part.kind, part.origin, part.loop) == ("", "unknown", None)


@pytest.mark.parametrize(
    ("area", "kind"),
    [("Offline Training", "feature-store-offline"), ("Online Serving", "feature-store-online")],
)
def test_a_feature_store_is_of_the_side_that_it_stands_in(area: str, kind: str) -> None:
    graph = Graph((Part("x", "Feature store"),), frames=(Frame("f", area, ("x",)),))
    assert kinds(graph) == {"x": kind}


@pytest.mark.parametrize("label", ["Online feature store", "Redis features"])
def test_a_label_that_says_its_side_needs_no_area(label: str) -> None:
    graph = Graph((Part("x", label),), frames=(Frame("f", "training", ("x",)),))
    assert kinds(graph) == {"x": "feature-store-online"}


@pytest.mark.parametrize(
    ("area", "loop"),
    [
        ("request path (155ms)", "online"),
        ("night loop", "offline"),
        ("humans", None),
        ("online and offline", None),
    ],
)
def test_an_area_says_in_which_loop_its_parts_work(area: str, loop: str | None) -> None:
    graph = Graph((Part("x", "Zwiebelfisch"),), frames=(Frame("f", area, ("x",)),))
    assert understand(graph).components[0].loop == loop


@pytest.mark.parametrize(
    ("source", "target", "label", "said"),
    [
        ("Client", "API gateway", "", "online"),
        ("Kafka", "Flink join", "", "stream"),
        ("Data lake", "Training job", "14 days", "batch"),
        ("A", "B", "hourly", "batch"),
        ("A", "B", "every 30s", "stream"),
        ("A", "B", "nightly snapshot", "batch"),
        ("A", "B", "CDC", "stream"),
        ("A", "B", "", ""),
        ("Client", "Event log", "clicks", ""),
    ],
)
def test_how_things_travel(source: str, target: str, label: str, said: str) -> None:
    assert flow(source, target, label) == said


def test_a_stated_flow_wins() -> None:
    assert flow("Client", "API gateway", "hourly", stated="stream") == "stream"


def test_an_arrow_from_nowhere_is_left_out() -> None:
    graph = Graph((Part("a", "Client"),), (Edge("e", "a", "gone"),), loose=("x",))
    assert understand(graph).links == ()
    assert understand(graph).loose == ("x",)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_no_drawing_is_too_strange(labels: list[str]) -> None:
    parts = tuple(Part(str(i), label) for i, label in enumerate(labels))
    edges = tuple(Edge(f"e{i}", str(i), str(i - 1), labels[i]) for i in range(1, len(labels)))
    graph = Graph(parts, edges, (Frame("f", labels[0], tuple(p.id for p in parts)),) if labels else ())
    assert len(understand(graph).components) == len(labels)

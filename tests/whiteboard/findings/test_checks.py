"""Each check: a drawing in which it must speak, and one in which it must be silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.whiteboard.findings.drawings import graph, said, verdicts
from whiteboard.findings import findings
from whiteboard.graph import Edge, Graph, Part
from whiteboard.understanding import understand

LOOP = "Client > Gateway > Ranker > Client"
BOTH = (
    f"{LOOP}; Client > Event log > Data lake > Training job > Model registry > Ranker; "
    "Flink > Feature store (online) > Ranker"
)


@pytest.mark.parametrize(
    ("check", "drawing", "verdict"),
    [
        ("online-loop", LOOP, "good"),
        ("online-loop", "Client > Gateway > Ranker; Gateway > Client", "good"),
        ("online-loop", "Client > Gateway > Ranker", "missing"),
        ("online-loop", "Client > Gateway > Zwiebelfisch > Client", None),
        ("online-loop", "Client > Gateway > Ranker > Zwiebelfisch", None),
        ("online-loop", "Client > Event log > Training job > Ranker", None),
        ("online-loop", "Client > Business rules > Client", None),
        ("online-loop", "Client > Cross-encoder rerank > Client", "good"),
        ("online-loop", "Client > Gateway > Model server > Human review", None),
        ("offline-loop", "Data lake > Training job > Model registry", "good"),
        (
            "offline-loop",
            "Client > Gateway > Candidate generator > Ranker > Client; Cache > Ranker",
            "missing",
        ),
        ("offline-loop", "Client > Gateway > Zwiebelfisch > Ranker > Client; Cache > Ranker", None),
        ("bridge", BOTH, "good"),
        ("bridge", "Data lake > Training job > Model registry", None),
        ("feedback", BOTH, "good"),
        ("feedback", f"{LOOP}; Data lake > Training job > Ranker", "missing"),
        ("feedback", f"{LOOP}; Zwiebelfisch > Training job > Ranker", None),
        ("training-input", f"{LOOP}; Training job > Ranker", "missing"),
        ("training-input", BOTH, None),
        ("model-served", f"{LOOP}; Data lake > Training job", "missing"),
        ("model-served", f"{LOOP}; Data lake > Training job > Zwiebelfisch", None),
        ("feature-source", f"{LOOP}; Feature store > Ranker; Data lake > Training job > Ranker", "missing"),
        ("feature-source", f"{LOOP}; Feature store > Ranker", None),
        ("feature-source", BOTH, None),
        (
            "feature-skew",
            "Feature pipeline A > Feature store (online) > Ranker; Feature pipeline B > Training job > Ranker",
            "wrong",
        ),
        (
            "feature-skew",
            "Feature pipeline > Feature store (online) > Ranker; Feature pipeline > Training job > Ranker",
            None,
        ),
        ("funnel", "Client > Retrieval 1M -> 500 > Ranker 200 -> 20 > Client", "wrong"),
        ("funnel", "Client > Retrieval 1M -> 500 > Ranker 500 -> 20 > Client", None),
        ("funnel", "Client > Gateway 10k rps > Ranker 500 -> 20 > Client", "good"),
        ("fallback", f"{BOTH}; Fallback > Gateway", "good"),
        ("fallback", BOTH, "missing"),
        ("fallback", LOOP, None),
        ("fallback", f"{BOTH}; Popular items > Gateway", None),
        ("single-point", "Client > Gateway (1 replica) > Ranker > Client", "wrong"),
        ("single-point", "Client > Gateway (3 replicas) > Ranker > Client", None),
        ("monitoring", f"{BOTH}; Ranker > Monitoring", "good"),
        ("monitoring", BOTH, "missing"),
        ("monitoring", LOOP, None),
        ("storage", "Client > Gateway > Ranker > Client; Data lake > Ranker", "wrong"),
        ("storage", "Client > Gateway > Ranker > Client; Data lake > Training job > Ranker", None),
        ("storage", f"{LOOP}; Redis cache > Gateway", "missing"),
        ("storage", f"{LOOP}; Gateway > Redis cache", None),
        ("legible", BOTH, "good"),
        ("legible", "Client > Ranker", None),
    ],
)
def test_a_check_speaks_where_it_must(check: str, drawing: str, verdict: str | None) -> None:
    # "1M -> 500" holds the sign that divides parts in these lines.
    drawing = drawing.replace("->", "→")
    assert verdicts(drawing).get(check) == verdict, said(drawing)


def test_of_models_of_a_kind_the_last_is_what_the_request_is_about() -> None:
    drawing = "Client > Gateway > Model server A > Model server B > ANN index > Client; Cache > Gateway"
    for check in ("fallback", "monitoring"):
        assert "Model server B" in said(drawing)[check].says


def test_parts_that_nothing_joins_are_named() -> None:
    found = said(BOTH, "Experiment tracker", "Monitoring")
    assert "Experiment tracker" in found["loose-part"].says
    assert found["monitoring"].kind == "missing"
    assert found["monitoring"].elements == ("Monitoring",)


def test_arrows_without_a_direction_are_counted() -> None:
    assert "3 arrows show no direction" in said(LOOP, directed=False)["undirected-arrow"].says


def test_arrows_that_join_nothing_and_parts_without_a_label_are_counted() -> None:
    drawn = graph(BOTH)
    loose = Graph((*drawn.parts, Part("x", " ")), drawn.edges, loose=("a", "b"))
    found = {one.check: one for one in findings(understand(loose))}
    assert found["loose-arrow"].elements == ("a", "b")
    assert found["unlabelled-part"].elements == ("x",)


TIMED = "Client > Gateway (10 ms) > Ranker (60 ms) > Re-ranker (5 ms) > Client; Feature store (8 ms) > Ranker (60 ms)"


def test_the_path_is_summed_with_what_is_read_beside_it() -> None:
    says = said(TIMED)["latency"].says
    assert "83 ms" in says
    assert "“Ranker (60 ms)” takes most" in says


@pytest.mark.parametrize(("budget", "verdict"), [(100, "good"), (80, "wrong")])
def test_the_path_is_held_against_the_cases_budget(budget: float, verdict: str) -> None:
    assert verdicts(TIMED, latency_ms=budget)["latency"] == verdict


@pytest.mark.parametrize(("promise", "verdict"), [(100, "good"), (60, "wrong")])
def test_a_time_for_the_whole_request_is_no_part_of_the_sum(promise: float, verdict: str) -> None:
    drawing = f"Client > Gateway ({promise} ms p99) > Retrieval (30 ms) > Ranker (50 ms) > Client"
    assert verdicts(drawing)["latency"] == verdict
    assert "80 ms" in said(drawing)["latency"].says


def test_of_two_branches_the_slower_counts() -> None:
    drawing = "Client > Gateway > Retrieval A (20 ms) > Ranker (50 ms) > Client"
    drawing += "; Gateway > Retrieval B (30 ms) > Ranker (50 ms)"
    assert "80 ms" in said(drawing)["latency"].says


@pytest.mark.parametrize(("limit", "verdict"), [(3_600, "good"), (60, "wrong")])
def test_features_are_held_against_the_freshness_that_the_case_asks(limit: float, verdict: str) -> None:
    drawing = f"{LOOP}; Batch job, hourly > Feature store (online) > Ranker"
    assert verdicts(drawing, feature_freshness_s=limit)["freshness"] == verdict
    assert "freshness" not in verdicts(drawing)


def test_without_a_rate_on_the_drawing_the_cases_own_counts() -> None:
    drawing = "Client > Gateway > Ranker 500 → 20 > Client"
    assert "10M predictions a second" in said(drawing, requests_per_second=20_000)["funnel"].says
    assert "funnel" not in verdicts(drawing)


def test_an_empty_board_has_no_findings() -> None:
    assert findings(understand(Graph())) == ()


LABELS = st.sampled_from(
    [
        *(
            "Client",
            "Gateway 9k rps",
            "Ranker (20 ms)",
            "Retrieval 900 → 90",
            "Kafka",
            "Data lake",
            "Training job",
        ),
        *(
            "Feature store",
            "Redis cache",
            "Monitoring",
            "Model registry",
            "FAISS, hourly",
            "Fallback",
            "",
            "Zwiebelfisch",
        ),
    ]
)


@given(
    st.lists(LABELS, max_size=12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)
)
def test_no_drawing_is_too_strange(labels: list[str], pairs: list[tuple[int, int]]) -> None:
    parts = tuple(Part(str(i), label) for i, label in enumerate(labels))
    known = [(a, b) for a, b in pairs if max(a, b) < len(parts) and a != b]
    edges = tuple(Edge(f"e{i}", str(a), str(b)) for i, (a, b) in enumerate(known))
    ids = {part.id for part in parts} | {edge.id for edge in edges}
    for one in findings(understand(Graph(parts, edges))):
        assert set(one.elements) <= ids
        assert one.says.endswith(".")
        assert (one.kind == "good") == (not one.resolves)

from __future__ import annotations

from interviews.scoring.scorer import score
from interviews.scoring.submission import CaseTerms, Submission
from whiteboard.graph import Edge, Graph, Part

PARTS = tuple(
    Part(label, label)
    for label in (
        "Client",
        "API gateway",
        "Ranker",
        "Feature store",
        "Data lake",
        "Training job",
        "Model registry",
    )
)
EDGES = tuple(
    Edge(f"{a}-{b}", a, b)
    for a, b in [
        ("Client", "API gateway"),
        ("API gateway", "Ranker"),
        ("Ranker", "Client"),
        ("Data lake", "Training job"),
        ("Training job", "Model registry"),
        ("Model registry", "Ranker"),
        ("Feature store", "Ranker"),
    ]
)


def levels(graph: Graph) -> dict[str, int]:
    sheet = score(Submission("x", CaseTerms("ad-click-prediction"), {}, graph))
    return {item: result.level for item, result in sheet.items.items() if item.startswith("board.")}


def test_parts_that_no_arrow_touches_are_only_mentioned() -> None:
    assert max(levels(Graph(parts=PARTS)).values()) <= 1


def test_the_same_parts_joined_are_worth_more() -> None:
    loose, joined = levels(Graph(parts=PARTS)), levels(Graph(parts=PARTS, edges=EDGES))
    assert sum(joined.values()) > sum(loose.values())

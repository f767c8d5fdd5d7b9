"""Small drawings in one line each: "Client > Gateway > Ranker > Client; Lake > Training job"."""

from __future__ import annotations

from itertools import pairwise

from whiteboard.findings import Expectations, Finding, findings
from whiteboard.graph import Edge, Graph, Part
from whiteboard.understanding import understand


def graph(drawing: str, *alone: str, directed: bool = True) -> Graph:
    """Parts by their labels; `alone` are parts that nothing joins."""
    parts: dict[str, Part] = {}
    edges: list[Edge] = []
    for way in drawing.split(";"):
        labels = [label.strip() for label in way.split(">")]
        for label in labels:
            parts.setdefault(label, Part(label, label))
        edges += [Edge(f"e{len(edges) + i}", a, b, "", directed) for i, (a, b) in enumerate(pairwise(labels))]
    return Graph((*parts.values(), *(Part(label, label) for label in alone)), tuple(edges))


def said(drawing: str, *alone: str, directed: bool = True, **expected: float) -> dict[str, Finding]:
    """{check: the last finding of it that is not good, else the good one}"""
    found = findings(understand(graph(drawing, *alone, directed=directed)), Expectations(**expected))
    return {one.check: one for one in sorted(found, key=lambda one: one.kind != "good")}


def verdicts(drawing: str, *alone: str, directed: bool = True, **expected: float) -> dict[str, str]:
    return {check: one.kind for check, one in said(drawing, *alone, directed=directed, **expected).items()}

"""Every finding on the sample drawings and the reference solutions, judged by hand in judged.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from casebank.checklist import CONTENT
from interviews.queries.system import expectations
from whiteboard import formats, scene
from whiteboard.findings import findings
from whiteboard.formats import excalidraw, portable
from whiteboard.layout import to_elements
from whiteboard.understanding import understand

SAMPLES = Path(__file__).parents[2] / "data" / "submissions"
JUDGED: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("judged.yaml").read_text())


REFERENCES = sorted((CONTENT / "cases").glob("*/reference.yaml"))


def drawings() -> Iterator[tuple[str, Any]]:
    for path in sorted(SAMPLES.glob("*.yaml")):
        yield path.stem, yaml.safe_load(path.read_text())["diagram"]
    for path in REFERENCES:
        yield path.parent.name, yaml.safe_load(path.read_text())["diagram"]


def test_every_finding_is_judged_and_at_least_95_percent_are_right() -> None:
    shown = [
        (name, one.check, one.says)
        for name, drawn in drawings()
        for one in findings(understand(portable.parse(drawn)))
    ]
    right = {(name, row["check"], row["says"]): row["right"] for name, rows in JUDGED.items() for row in rows}
    assert [one for one in shown if one not in right] == [], "judge these, in judged.yaml"
    assert len(shown) > 100
    assert sum(right[one] for one in shown) / len(shown) >= 0.95


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.parent.name)
def test_every_reference_solution_passes_every_check(path: Path) -> None:
    reference, guide = (
        yaml.safe_load(path.with_name(name).read_text()) for name in ("reference.yaml", "guide.yaml")
    )
    expected = expectations({**guide, "reference": reference})
    found = findings(understand(portable.parse(reference["diagram"])), expected)
    assert [one for one in found if one.kind != "good"] == []
    assert {"online-loop", "offline-loop", "bridge", "feedback", "fallback", "monitoring"} <= {
        one.check for one in found
    }


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.parent.name)
def test_every_reference_solution_opens_on_a_board(path: Path) -> None:
    graph = portable.parse(yaml.safe_load(path.read_text())["diagram"])
    drawn = formats.read("excalidraw", excalidraw.dumps(to_elements(graph)), mark="m-")
    again = scene.read(drawn.elements)
    assert sorted(part.label for part in again.parts) == sorted(part.label for part in graph.parts)
    assert sorted((again.label(e.source), again.label(e.target)) for e in again.edges) == sorted(
        (graph.label(e.source), graph.label(e.target)) for e in graph.edges
    )
    assert again.loose == ()

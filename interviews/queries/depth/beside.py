"""A session's drawing beside the reference solution, for who may read the guide by now (queries.full_sheet)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from interviews.models import Seat
from interviews.queries.drawing import candidates_drawing
from interviews.queries.full_sheet import guide_for
from interviews.queries.system import expectations
from whiteboard import scene
from whiteboard.comparing import Comparison, compare
from whiteboard.findings import findings
from whiteboard.formats import portable
from whiteboard.layout import to_elements
from whiteboard.rules import Element
from whiteboard.understanding import understand


@dataclass(frozen=True, slots=True)
class Beside:
    """`drawn` and `reference` are the two boards; `marked` are the elements of the reference that are lacking.
    `comparison` is None where the case has no reference drawing. The rest is the guide's: its `chain` {link: words},
    `alternatives` and `decisions`, and `anchors` {item: {"earns_2", "earns_3", "typical_wrong"}}."""

    drawn: list[Element]
    reference: list[Element]
    marked: tuple[str, ...]
    comparison: Comparison | None
    chain: Mapping[str, str]
    alternatives: list[Mapping[str, str]]
    decisions: list[Mapping[str, str]]
    anchors: Mapping[str, Mapping[str, str]]


def beside(seat: Seat) -> Beside | None:
    """None while the guide is not for this person."""
    guide = guide_for(seat)
    if guide is None:
        return None
    reference: Mapping[str, Any] = guide.get("reference") or {}
    drawn, solution = candidates_drawing(seat.session), _solution(reference)
    comparison = _compared(drawn, solution, guide) if solution else None
    return Beside(
        drawn,
        solution,
        comparison.elements if comparison else (),
        comparison,
        reference.get("objective_chain") or {},
        reference.get("alternatives") or [],
        reference.get("decisions") or [],
        guide.get("items") or {},
    )


def _solution(reference: Mapping[str, Any]) -> list[Element]:
    diagram = reference.get("diagram")
    return to_elements(portable.parse(diagram)) if diagram else []


def _compared(drawn: list[Element], solution: list[Element], guide: dict[str, Any]) -> Comparison:
    mine, model = (understand(scene.read(elements)) for elements in (drawn, solution))
    expected = expectations(guide)
    return compare(mine, model, found=findings(mine, expected), expected=findings(model, expected))

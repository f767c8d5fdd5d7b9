"""What the scorer reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whiteboard.graph import Graph

STEPS = ("clarify", "frame", "data", "features", "model", "evaluate", "deploy")


@dataclass(frozen=True, slots=True)
class CaseTerms:
    """A case as the scorer knows it: its slug, the words that belong to it, and the answers that an interviewer gives
    (both empty where it has no content)."""

    slug: str
    entities: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A candidate's answer: one text per step, and the drawing. Nothing that anybody else said is in it."""

    id: str
    case: CaseTerms
    notes: Mapping[str, str]
    graph: Graph

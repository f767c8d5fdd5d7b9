"""Submissions for tests: the labelled samples, and small ones made by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from casebank import checklist
from interviews.scoring import samples
from interviews.scoring.measuring import labels
from interviews.scoring.measuring.labels import Sample
from interviews.scoring.submission import STEPS, Submission
from whiteboard.graph import Graph

FOLDER = Path(__file__).parents[2] / "data" / "submissions"
CASE = samples.terms_of("ad-click-prediction")


@cache
def labelled() -> list[Sample]:
    return labels.load(FOLDER, [item.id for item in checklist.load().items])


def sample(id: str) -> Submission:
    return next(s.submission for s in labelled() if s.submission.id == id)


def answer(graph: Graph | None = None, **notes: str) -> Submission:
    return Submission("made-by-hand", CASE, {step: notes.get(step, "") for step in STEPS}, graph or Graph())


def with_notes(submission: Submission, **notes: str) -> Submission:
    return replace(submission, notes={**submission.notes, **notes})

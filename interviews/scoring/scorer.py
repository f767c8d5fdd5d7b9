"""From a submission to its sheet. Evidence first: no level without a quotation, and none above what it supports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from casebank import checklist
from casebank.checklist import Item

from . import confidence, drawn, grading, language, model, reading, relevance, signals, verdict
from .evidence import Evidence
from .model import Model
from .reading import Reading
from .segments import BOARD
from .sheet import ItemScore, Sheet
from .submission import Submission

VERSION = "local-5"
QUOTES = 3

Floats = NDArray[np.float32]


def score(
    submission: Submission, items: Sequence[Item] | None = None, *, trained: Model | None = None
) -> Sheet:
    """The sheet of a submission, with all items of the checklist. The same input gives the same sheet.

    Raises CannotJudge where the notes are not in English, and ModelMissing where the learned part is not there.
    """
    language.require_english(submission.notes)
    items = checklist.load().items if items is None else items
    trained = model.load() if trained is None else trained
    read = reading.read(submission, [item.text for item in items])
    judged = judge(read, submission, trained)
    scores = {item.id: judged.get(item.id, ItemScore(0, 0.0)) for item in items}
    overall, arithmetic = verdict.of(scores, trained.verdicts)
    return Sheet(scores, overall, arithmetic, VERSION)


def judge(read: Reading, submission: Submission, trained: Model) -> dict[str, ItemScore]:
    """Every item of the model."""
    if not read.counts.any():
        return {}
    seen = signals.of(read, submission.case, trained.encoder)
    found = trained.finder.find(seen, read.counts, read.allowed(trained.items))
    estimates = trained.grader.predict(grading.rows(read, found, trained.items, trained.usual))
    foreign = relevance.is_foreign(submission)
    judged = {
        item: _judge(read, item, found.odds[:, i], float(estimates[i]), trained, foreign)
        for i, item in enumerate(trained.items)
    }
    if foreign:
        return judged
    quotable = [piece for piece, reason in zip(read.segments, read.guards.reasons, strict=True) if not reason]
    return {item: drawn.settle(item, score, read.drawn, quotable) for item, score in judged.items()}


def cap(read: Reading, item: str, speakers: Sequence[int], foreign: bool) -> int:
    """The highest level that the kind of evidence allows."""
    if not speakers:
        return 0
    if foreign or speakers[0] in read.wrong.get(item, ()) or all(read.lists[i] for i in speakers):
        return 1
    if item.startswith("board.") and not any(read.segments[i].linked for i in speakers):
        return 1  # the part is there, but loose
    return 3


def _judge(
    read: Reading, item: str, odds: Floats, estimate: float, trained: Model, foreign: bool
) -> ItemScore:
    best = float(odds.max(initial=0.0))

    def sure(level: int) -> float:
        return confidence.of(level, best, estimate, trained.cuts, trained.sure)

    odds = np.where(odds >= _floors(read, item, trained), odds, np.float32(0))
    if not odds.any():
        return ItemScore(0, sure(0))
    chosen = grading.speakers(odds)
    level = min(int(np.digitize(estimate, trained.cuts)), cap(read, item, chosen, foreign))
    if level == 0:
        return ItemScore(0, sure(0))
    return ItemScore(level, sure(level), _quotes(read, odds, chosen))


def _floors(read: Reading, item: str, trained: Model) -> Floats:
    """For each segment, the least that makes it evidence for the item."""
    home = item.split(".")[0].replace("board", BOARD)
    at_home, elsewhere = trained.floors
    return np.array([at_home if s.where == home else elsewhere for s in read.segments], dtype=np.float32)


def _quotes(read: Reading, odds: Floats, chosen: Sequence[int]) -> tuple[Evidence, ...]:
    worth = [i for i in chosen if odds[i] >= max(0.5, 0.6 * odds[chosen[0]]) or i == chosen[0]]
    return tuple(read.segments[i].evidence for i in worth[:QUOTES])

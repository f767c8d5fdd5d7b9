"""From a submission to its sheet. Evidence first: no level without a quotation, and none above what it supports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebank import checklist
from casebank.checklist import Item

from . import drawn, grading, manner, model, reading, relevance, verdict
from .evidence import Evidence
from .model import Model
from .reading import Reading
from .segments import BOARD
from .sheet import ItemScore, Sheet
from .submission import Submission

VERSION = "local-3"
QUOTES = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """What the grader sees: `odds` segments x items (0 where a segment cannot count), `rows` items x features."""

    odds: Floats
    rows: Floats


def score(
    submission: Submission, items: Sequence[Item] | None = None, *, trained: Model | None = None
) -> Sheet:
    """The sheet of a submission, with all items of the checklist. The same input gives the same sheet anywhere.

    Raises ModelMissing where the learned part of the scorer is not there.
    """
    items = checklist.load().items if items is None else items
    trained = model.load() if trained is None else trained
    read = reading.read(submission, [item.text for item in items])
    foreign = relevance.is_foreign(submission)
    judged = judge(read, trained, foreign=foreign)
    scores = {item.id: judged.get(item.id, ItemScore(0, 0.0)) for item in items}
    overall, arithmetic = verdict.of(scores, trained.verdicts)
    return Sheet(scores, overall, arithmetic, VERSION)


def judge(
    read: Reading, trained: Model, *, foreign: bool = False, without: str | None = None
) -> dict[str, ItemScore]:
    """Every item of the model; `without` names a field to be read as if it were empty."""
    if not read.segments:
        return {}
    found, deep = trained.finder.probabilities(read.features), trained.depth.probabilities(read.features)
    seen = view(read, found, deep, trained.items, trained.usual, without)
    estimates = trained.grader.predict(seen.rows)
    judged = {
        item: _judge(read, item, seen.odds[:, i], float(estimates[i]), trained, foreign)
        for i, item in enumerate(trained.items)
    }
    if foreign or without == BOARD:
        return judged
    quotable = [piece for piece, reason in zip(read.segments, read.guards.reasons, strict=True) if not reason]
    return {item: drawn.settle(item, score, read.drawn, quotable) for item, score in judged.items()}


def view(
    read: Reading,
    found: Floats,
    deep: Floats,
    items: Sequence[str],
    usual: Sequence[float],
    without: str | None = None,
) -> View:
    """The grader's view. `found` is segments x items, `deep` segments x 2, as the linear models give them."""
    present = np.array([segment.where != without for segment in read.segments], dtype=bool)
    odds = found * _allowed(read, items) * present[:, None]
    signs = np.hstack([np.array(read.signs).reshape(-1, len(reading.SIGNS)), deep])
    rows = np.stack([grading.describe(read, item, odds[:, j], signs) for j, item in enumerate(items)])
    manners = manner.everywhere(read, signs, present, tuple(items))
    return View(odds, np.column_stack([rows, manners, grading.identity(items, usual)]))


def _allowed(read: Reading, items: Sequence[str]) -> Floats:
    """Segments x items; 0 where a guard, or the item's nature, says that a segment cannot be its evidence."""
    about_board = np.array([item.startswith("board.") for item in items])
    allowed = np.ones((len(read.segments), len(items)))
    for i, segment in enumerate(read.segments):
        if read.guards.reasons[i]:
            allowed[i] = [read.guards.allows(i, item) for item in items]
        if segment.where != BOARD:
            allowed[i, about_board] = 0
    return allowed


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
    if best < trained.floor:
        return ItemScore(0, round(1 - best, 2))
    chosen = grading.speakers(odds)
    level = min(int(np.digitize(estimate, trained.cuts)), cap(read, item, chosen, foreign))
    if level == 0:
        return ItemScore(0, round(max(0.3, 1 - best), 2))
    doubt = min(abs(estimate - cut) for cut in trained.cuts)
    confidence = round(min(0.95, 0.3 + 0.4 * best + 0.5 * min(doubt, 0.5)), 2)
    return ItemScore(level, confidence, _quotes(read, odds, chosen))


def _quotes(read: Reading, odds: Floats, chosen: Sequence[int]) -> tuple[Evidence, ...]:
    worth = [i for i in chosen if odds[i] >= max(0.35, 0.6 * odds[chosen[0]]) or i == chosen[0]]
    return tuple(read.segments[i].evidence for i in worth[:QUOTES])

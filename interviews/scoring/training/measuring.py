"""Figures of agreement with labelled samples. What they mean, and their weaknesses: docs/scoring.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

import numpy as np

from interviews.scoring.evidence import BoardRef, NoteSpan
from interviews.scoring.model import Model
from interviews.scoring.scorer import judge
from interviews.scoring.sheet import ItemScore
from interviews.scoring.submission import STEPS

from .labels import Sample, locate

Levels = Mapping[str, int]
Judged = Mapping[str, ItemScore]


def kappa(gold: Sequence[int], given: Sequence[int], low: int = 0, high: int = 3) -> float:
    """Cohen's kappa with quadratic weights; 1 for perfect agreement, 0 for chance."""
    n = high - low + 1
    seen = np.zeros((n, n))
    np.add.at(seen, (np.array(gold) - low, np.array(given) - low), 1)
    weight = np.subtract.outer(np.arange(n), np.arange(n)) ** 2
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / seen.sum()
    return float(1 - (weight * seen).sum() / (weight * chance).sum())


def rank_correlation(a: Sequence[float], b: Sequence[float]) -> float:
    """Spearman's rho; 0 where one side is constant."""
    first, second = _ranks(a), _ranks(b)
    if first.std() == 0 or second.std() == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def figures(samples: Sequence[Sample], sheets: Sequence[Judged], overall: Sequence[int]) -> dict[str, float]:
    """The main figures of a set of samples and their judged items."""
    pairs = [
        (item, sample.levels[item], sheet[item].level)
        for sample, sheet in zip(samples, sheets, strict=True)
        for item in sample.levels
    ]
    board = [(g, p) for item, g, p in pairs if item.startswith("board.")]
    text = [(g, p) for item, g, p in pairs if not item.startswith("board.")]
    right = [
        is_marked(sample, item, sheet[item])
        for sample, sheet in zip(samples, sheets, strict=True)
        for item in sample.levels
        if sheet[item].level
    ]
    within = [
        rank_correlation(list(sample.levels.values()), [sheet[item].level for item in sample.levels])
        for sample, sheet in zip(samples, sheets, strict=True)
    ]
    return {
        "pooled QWK": kappa([g for _, g, _ in pairs], [p for _, _, p in pairs]),
        "QWK of text items": kappa([g for g, _ in text], [p for _, p in text]),
        "QWK of board items": kappa([g for g, _ in board], [p for _, p in board]),
        "rank correlation within a submission": fmean(within),
        "QWK of the overall verdict": kappa([s.overall for s in samples], overall, 1, 4),
        "evidence precision (any quotation marked)": fmean(any(r) for r in right),
        "evidence precision (each quotation)": fmean(one for r in right for one in r),
    }


def is_marked(sample: Sample, item: str, score: ItemScore) -> list[bool]:
    """For each quotation, whether it overlaps words (or is a label) that an annotator marked for the item."""
    return [
        any(_overlaps(sample, piece, where, quote) for where, quote in sample.quotes.get(item, []))
        for piece in score.evidence
    ]


def _overlaps(sample: Sample, piece: NoteSpan | BoardRef, where: str, quote: str) -> bool:
    if isinstance(piece, BoardRef):
        return where == "diagram" and (piece.quote in quote or quote in piece.quote)
    span = locate(sample.submission.notes.get(where, ""), quote) if where == piece.step else None
    return span is not None and span[0] < piece.end and piece.start < span[1]


def errors(samples: Sequence[Sample], sheets: Sequence[Judged]) -> dict[str, float]:
    """Mean signed error (given - gold) per item, by kind of writer."""
    by: dict[str, list[int]] = {}
    for sample, sheet in zip(samples, sheets, strict=True):
        by.setdefault(sample.profile, []).extend(sheet[i].level - gold for i, gold in sample.levels.items())
    return {profile: fmean(found) for profile, found in sorted(by.items())}


def stands_only_in(sample: Sample, item: str) -> str | None:
    """The one notes field where the marked evidence of an item stands; None where there is none, or several."""
    places = {where for where, _ in sample.quotes.get(item, [])}
    return next(iter(places)) if len(places) == 1 and places <= set(STEPS) else None


def _ranks(values: Sequence[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    array = np.array(values, dtype=float)
    return np.array([(array < v).sum() + ((array == v).sum() - 1) / 2 for v in array])


def emptied(sample: Sample, sheet: Judged, model: Model, *, foreign: bool) -> list[bool]:
    """For each shown item whose evidence stands in one field only: does it fall to 0 when that field is empty?"""
    fell = []
    for step in STEPS:
        items = [i for i in sample.levels if sheet[i].level and stands_only_in(sample, i) == step]
        if items:
            without = judge(sample.reading, model, foreign=foreign, without=step)
            fell += [without[item].level == 0 for item in items]
    return fell

"""The figures of a set of labelled samples and the sheets that a scorer gave them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan
from statistics import fmean

import numpy as np

from interviews.scoring.sheet import ItemScore, Sheet

from . import quotations, statistics
from .labels import Sample
from .statistics import Floats

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Levels and verdicts against people's. Intervals are 90 %, over submissions; errors are given - gold, in levels.

    `within` is the mean over submissions of the rank correlation across items; of these `within_of` could be compared.
    `step_mae` compares the mean level of a step's items in each submission, `item_mae` the items one by one.
    `auc` is the mean over the `auc_items` items that some submissions show and others do not.
    `calibration_error` sets the scorer's confidence against how often its level is the one that people gave.
    `confusion` (4 x 4, levels 0-3) and `verdicts` (4 x 4, verdicts 1-4) have gold in the rows.
    """

    qwk: float
    qwk_interval: Interval
    qwk_text: float
    qwk_board: float
    exact: float
    within: float
    within_of: int
    step_mae: Mapping[str, float]
    item_mae: Mapping[str, float]
    verdict_qwk: float
    verdict_qwk_interval: Interval
    verdict_exact: float
    signed_error: float
    signed_error_by_profile: Mapping[str, float]
    auc: float
    auc_lowest: float
    auc_items: int
    calibration_error: float
    confusion: Sequence[Sequence[int]]
    verdicts: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Quotations against marks, in the `submissions` that have marks; all shares.

    Of items with a level above 0: `precision_any`, one quotation or more meets a mark. Of quotations:
    `precision_each`. Of marks: `recall_marks`. Of items that people gave a level: `recall_items`.
    """

    submissions: int
    precision_any: float
    precision_each: float
    recall_marks: float
    recall_items: float


def agreement(samples: Sequence[Sample], sheets: Sequence[Sheet]) -> Agreement:
    """All figures that need levels only. Raises ValueError where there is no sample."""
    if not samples:
        raise ValueError("no samples")
    per_item = _squares(samples, sheets, lambda item: True)
    verdicts = np.array(
        [
            statistics.confusion([a.overall], [b.overall], low=1, high=4)
            for a, b in zip(samples, sheets, strict=True)
        ]
    )
    pooled, overall = per_item.sum(axis=0), verdicts.sum(axis=0)
    within = [value for value in map(_within, samples, sheets) if value is not None]
    aucs = [value for value in _aucs(samples, sheets) if not isnan(value)]
    errors = _errors(samples, sheets)
    kappa = statistics.weighted_kappa
    return Agreement(
        qwk=kappa(pooled),
        qwk_interval=statistics.bootstrap(per_item, kappa),
        qwk_text=kappa(_squares(samples, sheets, lambda item: not is_board(item)).sum(axis=0)),
        qwk_board=kappa(_squares(samples, sheets, is_board).sum(axis=0)),
        exact=float(np.trace(pooled) / pooled.sum()),
        within=fmean(within) if within else nan,
        within_of=len(within),
        step_mae=_step_mae(samples, sheets),
        item_mae=_item_mae(samples, sheets),
        verdict_qwk=kappa(overall),
        verdict_qwk_interval=statistics.bootstrap(verdicts, kappa),
        verdict_exact=float(np.trace(overall) / overall.sum()),
        signed_error=fmean(error for _, error in errors),
        signed_error_by_profile=_by_profile(errors),
        auc=fmean(aucs) if aucs else nan,
        auc_lowest=min(aucs, default=nan),
        auc_items=len(aucs),
        calibration_error=_calibration_error(samples, sheets),
        confusion=pooled.astype(int).tolist(),
        verdicts=overall.astype(int).tolist(),
    )


def evidence(samples: Sequence[Sample], sheets: Sequence[Sheet]) -> Evidence | None:
    """The figures that need marks; None where no sample has any."""
    marked = sum(sample.marks is not None for sample in samples)
    if not marked:
        return None
    counts = quotations.tally(samples, [sheet.items for sheet in sheets])
    return Evidence(
        marked, share(counts.shown), share(counts.quoted), share(counts.marked), share(counts.earned)
    )


def presence(score: ItemScore) -> float:
    """How sure a scorer is that an item is shown, 0 to 4: a doubtful 0 stands above a sure one, a sure 3 on top."""
    return score.level + score.confidence if score.level else 1 - score.confidence


def share(found: Sequence[bool]) -> float:
    """The share of true values; `nan` of none."""
    return fmean(found) if found else nan


def is_board(item: str) -> bool:
    """Whether an item is judged on the drawing."""
    return item.startswith("board.")


def step_of(item: str) -> str:
    """The step an item belongs to; "board" for the drawing's."""
    return item.split(".")[0]


def _squares(samples: Sequence[Sample], sheets: Sequence[Sheet], wanted: Callable[[str], bool]) -> Floats:
    """One 4 x 4 confusion per submission."""
    return np.array(
        [
            statistics.confusion(
                [level for item, level in sample.levels.items() if wanted(item)],
                [sheet.items[item].level for item in sample.levels if wanted(item)],
                low=0,
                high=3,
            )
            for sample, sheet in zip(samples, sheets, strict=True)
        ]
    )


def _within(sample: Sample, sheet: Sheet) -> float | None:
    """The rank correlation across the items of one submission. Where the gold is constant there is nothing to tell
    apart (None); a scorer that gives everything the same level tells nothing (0)."""
    gold = list(sample.levels.values())
    if len(set(gold)) == 1:
        return None
    value = statistics.spearman(gold, [sheet.items[item].level for item in sample.levels])
    return 0.0 if isnan(value) else value


def _aucs(samples: Sequence[Sample], sheets: Sequence[Sheet]) -> list[float]:
    return [
        statistics.auc(
            [sample.levels[item] > 0 for sample in samples], [presence(sheet.items[item]) for sheet in sheets]
        )
        for item in samples[0].levels
    ]


def _calibration_error(samples: Sequence[Sample], sheets: Sequence[Sheet]) -> float:
    pairs = [
        (sheet.items[item].confidence, sheet.items[item].level == level)
        for sample, sheet in zip(samples, sheets, strict=True)
        for item, level in sample.levels.items()
    ]
    return statistics.calibration_error([sure for sure, _ in pairs], [right for _, right in pairs])


def _errors(samples: Sequence[Sample], sheets: Sequence[Sheet]) -> list[tuple[str, int]]:
    return [
        (sample.profile or "(no profile)", sheet.items[item].level - gold)
        for sample, sheet in zip(samples, sheets, strict=True)
        for item, gold in sample.levels.items()
    ]


def _by_profile(errors: Sequence[tuple[str, int]]) -> dict[str, float]:
    profiles = sorted({profile for profile, _ in errors})
    return {name: fmean(error for profile, error in errors if profile == name) for name in profiles}


def _steps(sample: Sample) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in sample.levels:
        found.setdefault(step_of(item), []).append(item)
    return found


def _step_mae(samples: Sequence[Sample], sheets: Sequence[Sheet]) -> dict[str, float]:
    return {
        step: fmean(
            abs(fmean(sheet.items[item].level - sample.levels[item] for item in items))
            for sample, sheet in zip(samples, sheets, strict=True)
        )
        for step, items in _steps(samples[0]).items()
    }


def _item_mae(samples: Sequence[Sample], sheets: Sequence[Sheet]) -> dict[str, float]:
    return {
        step: fmean(
            abs(sheet.items[item].level - sample.levels[item])
            for sample, sheet in zip(samples, sheets, strict=True)
            for item in items
        )
        for step, items in _steps(samples[0]).items()
    }

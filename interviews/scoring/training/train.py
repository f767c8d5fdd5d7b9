"""Makes data/model.json from labelled samples: `python -m interviews.scoring.training.train FOLDER`.

Runs in an environment of its own (scikit-learn, scipy, numpy, pyyaml). Three stages: find the segments that earned
an item; tell how deep a segment goes; grade. The grader sees the finder's answers on cases that the finder has not
been trained on, and copies of each submission with one field emptied, where what stood only there is worth 0.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesRegressor  # type: ignore[import-not-found]

from casebank import checklist
from interviews.scoring import scorer
from interviews.scoring.finder import Linear
from interviews.scoring.model import FILE
from interviews.scoring.segments import BOARD
from interviews.scoring.submission import STEPS

from . import export, fitting, labels
from .labels import Sample

# Chosen on cross-validated predictions (docs/scoring.md).
FLOOR = 0.14
CUTS = (0.8, 1.45, 1.9)
VERDICTS = (0.9, 1.3, 2.0)
EMPTIED_WEIGHT = 0.3
# An example sentence for one item may well speak for others too.
SAYING_WEIGHT = 0.15


def train(samples: Sequence[Sample], items: tuple[str, ...]) -> dict[str, Any]:
    """The content of a model file, fitted on these samples."""
    usual = np.mean([[s.levels[item] for item in items] for s in samples], axis=0)
    rows, levels, weights = [], [], []
    for sample, found, deep in _unseen(samples, items):
        for without in (None, *STEPS, BOARD):
            gold = np.array(_worth(sample, items, without))
            told = gold >= 0 if without is None else (gold >= 0) & (gold != _worth(sample, items, None))
            if not told.any():
                continue
            view = scorer.view(sample.reading, found, deep, items, usual, without)
            rows.append(view.rows[told])
            levels.append(gold[told])
            weights.append(np.full(told.sum(), 1.0 if without is None else EMPTIED_WEIGHT))
    forest = ExtraTreesRegressor(50, min_samples_leaf=6, max_features=0.4, random_state=7)
    forest.fit(np.concatenate(rows), np.concatenate(levels), np.concatenate(weights))
    return {
        "items": list(items),
        "usual": [round(float(level), 4) for level in usual],
        "floor": FLOOR,
        "cuts": CUTS,
        "verdicts": VERDICTS,
        "finder": _finder(samples, items),
        "depth": _depth(samples),
        "grader": export.forest(forest),
    }


def _unseen(samples: Sequence[Sample], items: tuple[str, ...]) -> list[tuple[Sample, Any, Any]]:
    """Each sample with what the finder and the depth model say of it when trained without its case."""
    result = []
    for case in sorted({s.case for s in samples}):
        others = [s for s in samples if s.case != case] or list(samples)
        finder, depth = Linear(_finder(others, items)), Linear(_depth(others))
        result += [
            (s, finder.probabilities(s.reading.features), depth.probabilities(s.reading.features))
            for s in samples
            if s.case == case
        ]
    return result


def _worth(sample: Sample, items: Sequence[str], without: str | None) -> list[int]:
    """Levels when the field `without` is empty; -1 where the labels do not tell."""
    return [_worth_of(sample, item, without) for item in items]


def _worth_of(sample: Sample, item: str, without: str | None) -> int:
    level = sample.levels[item]
    places = {BOARD} if item.startswith("board.") else {where for where, _ in sample.quotes.get(item, [])}
    if without is None or level == 0 or without not in places:
        return level
    return 0 if places == {without} else -1


def _finder(samples: Sequence[Sample], items: tuple[str, ...]) -> dict[str, Any]:
    """One output per item: did this segment earn it? What nobody marked is only half sure to be no evidence."""
    rows, marks, weights, groups = [], [], [], []
    for sample in samples:
        for i, features in enumerate(sample.reading.features):
            on_board = sample.reading.segments[i].where == BOARD
            marked = [i in sample.marked.get(item, ()) for item in items]
            rows.append(features)
            groups.append(sample.submission.id)
            marks.append(marked)
            weights.append(
                [
                    0.0
                    if item.startswith("board.") and not on_board
                    else 0.5
                    if sample.levels[item] and not yes
                    else 1.0
                    for item, yes in zip(items, marked, strict=True)
                ]
            )
    for number, (said, features) in enumerate(labels.sayings(items)):
        rows.append(features)
        groups.append(f"saying {number}")
        marks.append([item == said for item in items])
        weights.append([1.0 if item == said else SAYING_WEIGHT for item in items])
    return _linear(rows, groups, np.array(marks, np.float32), np.array(weights, np.float32), l2=3e-4)


def _depth(samples: Sequence[Sample]) -> dict[str, Any]:
    """Two outputs: is the best level that this marked segment earned at least 2, at least 3?"""
    rows, groups, best = [], [], []
    for sample in samples:
        for i, features in enumerate(sample.reading.features):
            earned = [sample.levels[item] for item, where in sample.marked.items() if i in where]
            if earned:
                rows.append(features)
                groups.append(sample.submission.id)
                best.append(max(earned))
    levels = np.array(best)
    marks = np.stack([levels >= 2, levels >= 3], axis=1).astype(np.float32)
    return _linear(rows, groups, marks, np.ones_like(marks), l2=1e-3)


def _linear(rows: Any, groups: Any, marks: Any, weights: Any, *, l2: float) -> dict[str, Any]:
    vocab = fitting.vocabulary(rows, groups)
    w, b = fitting.logistic(fitting.matrix(rows, vocab), marks, weights, l2=l2)
    return export.linear(vocab, w, b)


def main() -> None:
    """Train on a folder and write the model file."""
    items = checklist.load().items
    samples = labels.load(Path(sys.argv[1]), [item.text for item in items])
    data = train(samples, tuple(item.id for item in items))
    FILE.write_text(json.dumps(data), encoding="utf-8")
    print(f"{FILE}: {FILE.stat().st_size / 1e6:.1f} MB from {len(samples)} samples")  # noqa: T201


if __name__ == "__main__":
    main()

"""Fits how often a level is the one that a person gave, from estimates for samples that nothing has seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]

from interviews.scoring import confidence, grading
from interviews.scoring.finder import Found
from interviews.scoring.trees import Trees

from . import chosen, folds, grader
from .examples import Example

LEVELS = 4
# A weak pull towards 0, so that a level that few samples have stays tame.
_SOFTNESS = 10.0


def fit(
    samples: Sequence[Example],
    corpus: Sequence[Example],
    found: Sequence[Found],
    items: Sequence[str],
    usual: Sequence[float],
) -> list[list[float]]:
    """The rows of confidence.of. `found` is of the samples, then of the corpus, by networks that had not seen them; the
    grader is fitted anew for each group of writers that it then estimates."""
    unseen = dict(zip((e.id for e in (*samples, *corpus)), found, strict=True))
    rows, right = [], []
    for outside, inside in folds.unseen(samples, ()):
        seen = [*inside, *corpus]
        made = Trees(grader.fit(inside, corpus, [unseen[e.id] for e in seen], items, usual))
        for example in outside:
            mine = unseen[example.id]
            estimates = made.predict(grading.rows(example.reading, mine, items, usual))
            best = mine.odds.max(axis=0, initial=0.0)
            for i in range(len(items)):
                level = _level(float(best[i]), float(estimates[i]))
                row = np.zeros((LEVELS, len(confidence.signs(0, 0, chosen.CUTS))))
                row[level] = confidence.signs(float(best[i]), float(estimates[i]), chosen.CUTS)
                rows.append(row.ravel())
                right.append(level == example.levels[i])
    model = LogisticRegression(C=_SOFTNESS, max_iter=5_000, fit_intercept=False)
    model.fit(np.array(rows), np.array(right))
    return [[round(float(one), 4) for one in row] for row in model.coef_.reshape(LEVELS, -1)]


def _level(best: float, estimate: float) -> int:
    return int(np.digitize(estimate, chosen.CUTS)) if best >= min(chosen.FLOORS) else 0

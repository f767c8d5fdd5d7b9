"""Fits the grader: boosted trees over grading.rows of what networks say of answers that they have not seen."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor  # type: ignore[import-not-found]

from interviews.scoring import grading
from interviews.scoring.finder import Found
from interviews.scoring.trees import ARRAYS, Trees

from .examples import Example

# A sample's rows count for this many of the corpus's.
SAMPLE_ROWS = 3.0


def fit(
    samples: Sequence[Example],
    corpus: Sequence[Example],
    found: Sequence[Found],
    items: Sequence[str],
    usual: Sequence[float],
) -> dict[str, Any]:
    """The trees, as the model file keeps them. `found` is of the samples, then of the corpus.

    Raises RuntimeError where they do not say in numpy what they say in scikit-learn.
    """
    examples = [*samples, *corpus]
    rows = [grading.rows(e.reading, one, items, usual) for e, one in zip(examples, found, strict=True)]
    levels = [example.levels for example in examples]
    weights = np.repeat([SAMPLE_ROWS] * len(samples) + [1.0] * len(corpus), len(items))
    model = HistGradientBoostingRegressor(
        max_iter=200,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=1.0,
        random_state=0,
    )
    together = np.concatenate(rows)
    model.fit(together, np.concatenate(levels), sample_weight=weights)
    made = trees(model)
    # What the booster is read from is private to scikit-learn and may change with its version.
    if not np.allclose(Trees(made).predict(together), model.predict(together), atol=1e-4):
        raise RuntimeError("the exported trees do not say what scikit-learn's say: see grader.trees")
    return made


def trees(model: Any) -> dict[str, Any]:
    """The trees of scikit-learn's booster one behind the other; a row goes left where its value is at most the
    threshold."""
    parts: dict[str, list[Any]] = {name: [] for name in ARRAYS}
    roots, begin, depth = [], 0, 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        leaf, here = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
        roots.append(begin)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["threshold"].append(np.where(leaf, 0, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, here, nodes["left"]) + begin)
        parts["right"].append(np.where(leaf, here, nodes["right"]) + begin)
        parts["value"].append(nodes["value"])
        begin += len(nodes)
        depth = max(depth, int(nodes["depth"].max()))
    packed = {
        name: base64.b64encode(np.concatenate(parts[name]).astype(kind).tobytes()).decode()
        for name, kind in ARRAYS.items()
    }
    return {"base": float(np.ravel(model._baseline_prediction)[0]), "roots": roots, "depth": depth, **packed}

"""Fitted models in the form that the model file keeps."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from interviews.scoring.trees import ARRAYS


def linear(vocab: dict[str, int], weights: Any, bias: Any) -> dict[str, Any]:
    """Weights as bytes with one scale per output; features whose weights all round to 0 are left out."""
    scale = np.abs(weights).max(axis=0) / 127 + 1e-9
    small = np.round(weights / scale).astype(np.int8)
    kept = [(name, i) for name, i in vocab.items() if np.abs(small[i]).max() >= 4]
    return {
        "features": [name for name, _ in kept],
        "weights": base64.b64encode(small[[i for _, i in kept]].tobytes()).decode(),
        "scale": [float(f"{s:.6g}") for s in scale],
        "bias": [float(f"{b:.6g}") for b in bias],
    }


def forest(model: Any) -> dict[str, Any]:
    """The trees of a scikit-learn forest, one behind the other."""
    parts: dict[str, list[Any]] = {name: [] for name in ARRAYS}
    roots, base, depth = [], 0, 0
    for tree in (estimator.tree_ for estimator in model.estimators_):
        roots.append(base)
        leaf = tree.children_left < 0
        here = np.arange(tree.node_count)
        parts["feature"].append(np.where(leaf, 0, tree.feature))
        parts["threshold"].append(np.where(leaf, 0, tree.threshold))
        parts["left"].append(np.where(leaf, here, tree.children_left) + base)
        parts["right"].append(np.where(leaf, here, tree.children_right) + base)
        parts["value"].append(tree.value[:, 0, 0])
        base += tree.node_count
        depth = max(depth, tree.max_depth)
    packed = {
        name: base64.b64encode(np.concatenate(parts[name]).astype(kind).tobytes()).decode()
        for name, kind in ARRAYS.items()
    }
    return {"roots": roots, "depth": depth, **packed}

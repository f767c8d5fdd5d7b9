"""Fits one logistic model per item over shared sparse features, all at once, by full-batch Adam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

Rows = Sequence[Mapping[str, float]]


def vocabulary(rows: Rows, groups: Sequence[str], least: int = 3) -> dict[str, int]:
    """Features seen in at least `least` rows and in two groups; rarer ones only tell writers and cases apart."""
    seen: Counter[str] = Counter()
    where: dict[str, set[str]] = {}
    for row, group in zip(rows, groups, strict=True):
        for name in row:
            seen[name] += 1
            where.setdefault(name, set()).add(group)
    kept = sorted(name for name, n in seen.items() if n >= least and len(where[name]) >= 2)
    return {name: i for i, name in enumerate(kept)}


def matrix(rows: Rows, vocab: Mapping[str, int]) -> Any:
    """Rows as a sparse matrix over the vocabulary."""
    indptr, indices, values = [0], [], []
    for row in rows:
        for name, value in row.items():
            if name in vocab:
                indices.append(vocab[name])
                values.append(value)
        indptr.append(len(indices))
    return sparse.csr_matrix((values, indices, indptr), shape=(len(rows), len(vocab)), dtype=np.float32)


def logistic(
    x: Any, y: Any, weight: Any, *, l2: float = 3e-4, steps: int = 120, rate: float = 0.15
) -> tuple[Any, Any]:
    """Weights (features x items) and biases; y and weight are rows x items."""
    n = x.shape[0]
    w = np.zeros((x.shape[1], y.shape[1]), np.float32)
    b = np.full(y.shape[1], -3.0, np.float32)
    xt = x.T.tocsr()
    state = [np.zeros_like(w), np.zeros_like(w), np.zeros_like(b), np.zeros_like(b)]
    for t in range(1, steps + 1):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = (p - y) * weight
        gw, gb = xt @ error / n + l2 * w, error.mean(0)
        lr = rate * min(1.0, 2 * (1 - t / (steps + 1)))
        for value, grad, m, v in ((w, gw, *state[:2]), (b, gb, *state[2:])):
            m *= 0.9
            m += 0.1 * grad
            v *= 0.99
            v += 0.01 * grad * grad
            value -= lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-7)
    return w, b

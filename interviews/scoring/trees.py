"""Boosted regression trees as plain arrays, walked in numpy (Friedman 2001, doi 10.1214/aos/1013203451)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# The arrays of a forest, and the types in which the model file keeps them (little-endian, base64).
ARRAYS = {"feature": "<i2", "threshold": "<f8", "left": "<i4", "right": "<i4", "value": "<f4"}


class Trees:
    """All nodes of all trees in one row of arrays; `roots` says where each tree begins, and a leaf leads to itself."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        arrays = {
            name: np.frombuffer(base64.b64decode(data[name]), dtype=kind) for name, kind in ARRAYS.items()
        }
        self._feature = arrays["feature"].astype(np.int64)
        self._threshold = arrays["threshold"].astype(np.float64)
        self._left, self._right = arrays["left"].astype(np.int64), arrays["right"].astype(np.int64)
        self._value = arrays["value"].astype(np.float64)
        self._roots = np.array(data["roots"], dtype=np.int64)
        self._depth = int(data["depth"])
        self._base = float(data["base"])

    def predict(self, rows: Floats) -> Floats:
        """One value per row: the base and the sum of the leaves that it falls into."""
        each = np.arange(len(rows))[:, None]
        node = np.broadcast_to(self._roots, (len(rows), len(self._roots)))
        for _ in range(self._depth):
            goes_left = rows[each, self._feature[node]] <= self._threshold[node]
            node = np.where(goes_left, self._left[node], self._right[node])
        result: Floats = self._base + self._value[node].sum(axis=1)
        return result

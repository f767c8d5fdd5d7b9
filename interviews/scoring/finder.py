"""Finds the evidence: how likely each segment is to have earned each item, and how deep it goes."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Linear:
    """Logistic models over shared named features; weights are bytes with one scale per output."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        names: list[str] = data["features"]
        self._index = {name: i for i, name in enumerate(names)}
        flat = np.frombuffer(base64.b64decode(data["weights"]), dtype=np.int8)
        self._scale = np.array(data["scale"], dtype=np.float64)
        self._bias = np.array(data["bias"], dtype=np.float64)
        self._weights = flat.reshape(len(names), len(self._bias))

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        """Rows x outputs, each between 0 and 1."""
        scores = np.zeros((len(rows), len(self._bias)))
        for i, row in enumerate(rows):
            known = [(self._index[name], value) for name, value in row.items() if name in self._index]
            if known:
                at, values = zip(*known, strict=True)
                scores[i] = np.array(values) @ self._weights[list(at)].astype(np.float64)
        result: Floats = 1 / (1 + np.exp(-(scores * self._scale + self._bias)))
        return result

"""What a text is like as a whole: how long, how concrete, how reasoned. It moves only levels that evidence earned."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .reading import SIGNS, Reading
from .segments import BOARD

Floats = NDArray[np.float64]
WIDTH = len(SIGNS) + 3
# The signs that grow with length; they are told per twenty words.
_COUNTED = slice(1, 8)


def describe(reading: Reading, where: str | None = None) -> Floats:
    """WIDTH numbers: means of all signs over the sentences that count, in one field or in all notes; then size and
    losses."""
    mine = np.array(
        [s.where == where if where else s.where != BOARD for s in reading.segments],
        dtype=bool,
    )
    counts = mine & np.array([not reason for reason in reading.guards.reasons], dtype=bool)
    if not counts.any():
        return np.zeros(WIDTH)
    chosen = reading.signs[counts]
    length = np.maximum(chosen[:, 0], 1)
    rates = chosen.mean(axis=0)
    rates[_COUNTED] = chosen[:, _COUNTED].sum(axis=0) / length.sum() * 20
    lost = 1 - counts.sum() / mine.sum()
    return np.concatenate([rates, [np.log1p(length.sum()), np.log1p(len(chosen)), lost]])

"""What a text is like as a whole: how long, how concrete, how reasoned. It moves only levels that evidence earned."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .reading import SIGNS, Reading
from .segments import BOARD

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
WIDTH = len(SIGNS) + 2 + 3


def describe(reading: Reading, signs: Floats, present: Bools, where: str | None = None) -> Floats:
    """Means of all signs over the sentences that count, in one field or in all notes; then size and losses.

    `signs` is segments x (SIGNS, P(applied), P(justified)); `present` leaves segments out as if they were not there.
    """
    mine = np.array(
        [
            present[i] and (s.where == where if where else s.where != BOARD)
            for i, s in enumerate(reading.segments)
        ],
        dtype=bool,
    )
    counts = mine & np.array([not reason for reason in reading.guards.reasons], dtype=bool)
    if not counts.any():
        return np.zeros(WIDTH)
    chosen = signs[counts]
    length = np.maximum(chosen[:, 0], 1)
    rates = chosen.mean(axis=0)
    rates[1:8] = chosen[:, 1:8].sum(axis=0) / length.sum() * 20
    lost = 1 - counts.sum() / mine.sum()
    size = [np.log1p(length.sum()), np.log1p(len(chosen)), lost]
    result: Floats = np.concatenate([rates, size])
    return result


def everywhere(reading: Reading, signs: Floats, present: Bools, items: tuple[str, ...]) -> Floats:
    """Items x (2 WIDTH): the whole notes, and the field of the item's own step (or the whole for the board)."""
    whole = describe(reading, signs, present)
    steps = {item.split(".")[0] for item in items}
    fields = {step: whole if step == "board" else describe(reading, signs, present, step) for step in steps}
    return np.stack([np.concatenate([whole, fields[item.split(".")[0]]]) for item in items])

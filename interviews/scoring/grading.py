"""What the evidence of an item looks like, as numbers: the grader's view of one item of one submission.

The finder says which level the evidence makes likely. The grader sets that against the rest of the submission, the
item's usual level and the manner of the text; it only moves levels that evidence has already earned.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from . import manner
from .finder import Found
from .reading import SIGNS, Reading
from .segments import BOARD

Floats = NDArray[np.float64]
Odds = NDArray[np.float32]
# A segment speaks for an item with at least this share of the best one's probability, and at most so many do.
NEAR = 0.3
MOST = 3


def speakers(odds: Odds) -> list[int]:
    """The segments that speak for an item, best first; `odds` is 0 where a segment does not count."""
    order = np.argsort(-odds, kind="stable")[:MOST]
    return [int(i) for i in order if odds[i] > NEAR * max(float(odds[order[0]]), 1e-3)]


def rows(reading: Reading, found: Found, items: Sequence[str], usual: Sequence[float]) -> Floats:
    """Items x features."""
    levels = found.levels.sum(axis=1).astype(np.float64)
    expected = np.array(usual)
    steps = np.array([item.split(".")[0] for item in items])
    notes = steps != "board"
    ranks = np.argsort(np.argsort(levels, kind="stable"), kind="stable") / len(items)
    on_board = np.array([segment.where == BOARD for segment in reading.segments], dtype=bool)
    common = [
        levels.mean(),
        levels[notes].mean(),
        levels[~notes].mean() if (~notes).any() else 0.0,
        levels[notes].std(),
        (levels - expected)[notes].mean(),
        float(len(reading.wrong)),
        on_board.mean() if len(on_board) else 0.0,
    ]
    whole = manner.describe(reading)
    fields = {step: whole if step == "board" else manner.describe(reading, step) for step in set(steps)}
    result = []
    for i, item in enumerate(items):
        step, mine = steps[i], steps == steps[i]
        odds = found.odds[:, i]
        top = -np.sort(-np.append(odds.astype(np.float64), [0.0, 0.0, 0.0]))[:3]
        chosen = speakers(odds) if len(odds) else []
        first = reading.segments[chosen[0]].where if chosen else ""
        own = [
            *found.levels[i],
            levels[i],
            *np.log(top + 1e-3),
            float(np.log1p(odds.sum(dtype=np.float64))),
            float((odds > 0.5).sum()),
            levels[mine].mean(),
            levels[mine].mean() - expected[mine].mean(),
            ranks[i],
            expected[i],
            float(sum(k in reading.wrong.get(item, ()) for k in chosen)),
            float(step == "board"),
            float(first == step),
            float(first == BOARD),
            float(i),
        ]
        signs = reading.signs[chosen] if chosen else np.zeros((1, len(SIGNS)))
        result.append(np.concatenate([own, common, signs.max(axis=0), signs[0], whole, fields[step]]))
    return np.array(result)

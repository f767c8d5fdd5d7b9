"""What the evidence of an item looks like, as numbers: the grader's view of one item of one submission.

Everything here comes from the segments that speak for the item and from their neighbours. What the rest of the
submission is like comes in later, and only moves levels that evidence has already earned.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .reading import SIGNS, Reading
from .segments import BOARD

Floats = NDArray[np.float64]

# A segment speaks for an item with at least this share of the best one's probability, and at most so many do.
NEAR = 0.35
MOST = 4
_KIND = {"sentence": 0.0, "part": 1.0, "arrow": 2.0, "frame": 3.0, "remark": 4.0}


def speakers(probabilities: Floats, floor: float = 0.02) -> list[int]:
    """The segments that speak for an item, best first. `probabilities` is 0 where a segment does not count."""
    order = np.argsort(-probabilities, kind="stable")[:MOST]
    if not len(order):
        return []
    least = max(floor, NEAR * float(probabilities[order[0]]))
    return [int(i) for i in order if probabilities[i] >= least]


def identity(items: Sequence[str], usual: Sequence[float]) -> Floats:
    """Items x 3: the usual level, whether it is about the notes, and a number for the item itself."""
    about_notes = [float(not item.startswith("board.")) for item in items]
    return np.column_stack([np.array(usual), about_notes, np.arange(len(items), dtype=np.float64)])


def describe(reading: Reading, item: str, probabilities: Floats, signs: Floats) -> Floats:
    """The grader's features; `signs` is segments x (SIGNS, P(applied), P(justified))."""
    chosen = speakers(probabilities)
    top = np.sort(probabilities)[::-1][:3]
    top = np.pad(top, (0, 3 - len(top)))
    counted = [
        np.log(top + 1e-3).tolist(),
        [float(np.sum(probabilities >= least)) for least in (0.1, 0.2, 0.4)],
    ]
    total = float(probabilities.sum())
    if not chosen:
        return np.concatenate([*counted, [total], np.zeros(_WIDTH - 7)])
    weight = probabilities[chosen]
    mine = signs[chosen]
    around = [j for i in chosen for j in _neighbours(reading, i)] or chosen
    near = signs[around].max(0)
    first = reading.segments[chosen[0]]
    hits = reading.hits.get(item, {})
    home = item.split(".")[0]
    rest = [
        _KIND[first.kind],
        float(first.where == home),
        float(len({reading.segments[i].where for i in chosen})),
        float(sum(reading.segments[i].where == BOARD for i in chosen)),
        float(max(hits.get(i, 0) for i in chosen)),
        float(sum(hits.get(i, 0) for i in chosen)),
        float(sum(i in reading.wrong.get(item, ()) for i in chosen)),
        float(len(chosen)),
    ]
    mean = (mine * weight[:, None]).sum(0) / weight.sum()
    return np.concatenate([*counted, [total], mean, mine.max(0), mine[0], mine.sum(0), near, rest])


_PER = len(SIGNS) + 2
_WIDTH = 7 + 5 * _PER + 8


def _neighbours(reading: Reading, index: int) -> Sequence[int]:
    """The sentences before and behind, in the same field; an arrow or part on the board has none."""
    here = reading.segments[index]
    if here.where == BOARD:
        return []
    return [
        j
        for j in (index - 1, index + 1)
        if 0 <= j < len(reading.segments)
        and reading.segments[j].where == here.where
        and not reading.guards.reasons[j]
    ]

"""How sure a level is: the probability that a person would give the same one.

A logistic regression for each level (Platt 1999, "Probabilistic outputs for support vector machines"), fitted by
training/calibration.py on samples that neither networks nor grader had seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

# Farther from a cut than this, an estimate says no more about its level.
_FAR = 0.5


def signs(best: float, estimate: float, cuts: Sequence[float]) -> tuple[float, float, float, float]:
    """What tells sure from unsure: a constant, the probability (0-1) of the best evidence, how far the grader's
    estimate is from the next cut between levels, and the estimate (levels, 0-3)."""
    return 1.0, best, min([abs(estimate - cut) for cut in cuts] + [_FAR]), estimate


def of(
    level: int, best: float, estimate: float, cuts: Sequence[float], weights: Sequence[Sequence[float]]
) -> float:
    """Between 0 and 1; `weights` has a row for each level, a number for each sign."""
    pairs = zip(weights[level], signs(best, estimate, cuts), strict=True)
    return round(1 / (1 + math.exp(-sum(weight * sign for weight, sign in pairs))), 2)

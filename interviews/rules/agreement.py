"""How far two raters agree on ordered levels: what a table of their pairs says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np

from interviews.scoring.measuring.statistics import weighted_kappa

Pair = tuple[int, int]
# Below this, kappa jumps about with every pair.
FEW = 10
# Below "moderate" by J. R. Landis and G. G. Koch, "The measurement of observer agreement for categorical data",
# Biometrics 33, 1977; a convention, as they say themselves. And less than every second level the same.
POOR_KAPPA, POOR_EXACT = 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Agreement:
    """`exact` and `within_one` are shares of `n` pairs; `kappa`, quadratic weighted, is None where it is undefined.
    `bias` is the mean of the second rater's level less the first's."""

    n: int
    exact: float
    within_one: float
    kappa: float | None
    bias: float

    @property
    def is_few(self) -> bool:
        return self.n < FEW

    @property
    def is_poor(self) -> bool:
        """Whether enough pairs say that the two often differ. Where kappa is undefined the exact ones decide."""
        low = self.kappa is not None and self.kappa < POOR_KAPPA
        return not self.is_few and (low or self.exact < POOR_EXACT)


def agreement(pairs: Mapping[Pair, int]) -> Agreement | None:
    """Of a table {(first rater's level, second's): count}; None without any pair."""
    n = sum(pairs.values())
    if n == 0:
        return None
    exact = sum(count for (a, b), count in pairs.items() if a == b)
    near = sum(count for (a, b), count in pairs.items() if abs(a - b) <= 1)
    bias = sum((b - a) * count for (a, b), count in pairs.items())
    return Agreement(n, exact / n, near / n, _kappa(pairs), bias / n)


def _kappa(pairs: Mapping[Pair, int]) -> float | None:
    levels = [level for pair in pairs for level in pair]
    low, high = min(levels), max(levels)
    counts = np.zeros((high - low + 1, high - low + 1))
    for (first, second), count in pairs.items():
        counts[first - low, second - low] = count
    found = weighted_kappa(counts)
    return None if isnan(found) else found

"""How far two raters agree on ordered levels.

Quadratic weighted kappa after J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968) 213-220:
1 - sum(w * observed) / sum(w * expected), with w = (i - j)^2 and the expected table from the raters' own margins.
1 is perfect, 0 no better than chance, below 0 worse. It is undefined where both give one and the same level throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Pair = tuple[int, int]
# Below this, kappa jumps about with every pair.
FEW = 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """`exact` and `within_one` are shares of `n` pairs; `kappa` is None where it is undefined. `bias` is the mean of
    the second rater's level less the first's."""

    n: int
    exact: float
    within_one: float
    kappa: float | None
    bias: float

    @property
    def is_few(self) -> bool:
        return self.n < FEW


def agreement(pairs: Mapping[Pair, int]) -> Agreement | None:
    """Of a table {(first rater's level, second's): count}; None without any pair."""
    n = sum(pairs.values())
    if n == 0:
        return None
    exact = sum(count for (a, b), count in pairs.items() if a == b)
    near = sum(count for (a, b), count in pairs.items() if abs(a - b) <= 1)
    bias = sum((b - a) * count for (a, b), count in pairs.items())
    return Agreement(n, exact / n, near / n, _kappa(pairs, n), bias / n)


def _kappa(pairs: Mapping[Pair, int], n: int) -> float | None:
    first: Counter[int] = Counter()
    second: Counter[int] = Counter()
    for (a, b), count in pairs.items():
        first[a] += count
        second[b] += count
    observed = sum((a - b) ** 2 * count for (a, b), count in pairs.items()) / n
    expected = sum((a - b) ** 2 * x * y for a, x in first.items() for b, y in second.items()) / n**2
    return None if expected == 0 else 1 - observed / expected

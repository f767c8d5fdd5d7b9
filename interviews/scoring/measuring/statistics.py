"""The statistics of agreement. Each is `nan` where it is not defined, never a kind number instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEED = 20260101
RESAMPLES = 2_000
COVERAGE = 0.9


def confusion(gold: Sequence[int], given: Sequence[int], *, low: int, high: int) -> Floats:
    """Counts as a square, rows `gold`, columns `given`, for the categories `low` to `high` inclusive.

    Raises IndexError where a value lies above `high`, ValueError where the lengths differ.
    """
    if len(gold) != len(given):
        raise ValueError(f"{len(gold)} gold values and {len(given)} given ones")
    n = high - low + 1
    counts = np.zeros((n, n))
    np.add.at(counts, (np.array(gold, dtype=int) - low, np.array(given, dtype=int) - low), 1)
    return counts


def weighted_kappa(counts: Floats, weight: Floats | None = None) -> float:
    """Cohen's weighted kappa from a square of counts; `weight` is the square of what each disagreement costs, by
    default its distance squared (QWK).

    1 is perfect agreement, 0 what two judges with these margins reach by chance, below 0 worse than that; not defined
    where both judges know one category only. J. Cohen, "Weighted kappa: nominal scale agreement with provision for
    scaled disagreement or partial credit", Psychological Bulletin 70(4), 1968.
    """
    if weight is None:
        place = np.arange(len(counts), dtype=np.float64)
        weight = np.subtract.outer(place, place) ** 2
    total = counts.sum()
    if not total:
        return float("nan")
    chance = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    expected = float((weight * chance).sum())
    return 1 - float((weight * counts).sum()) / expected if expected else float("nan")


def ranks(values: Sequence[float]) -> Floats:
    """Ranks from 1, one per value; equal values share the mean of their ranks (midranks)."""
    array = np.array(values, dtype=float)
    below = (array[None, :] < array[:, None]).sum(axis=1)
    equal = (array[None, :] == array[:, None]).sum(axis=1)
    return np.asarray(below + (equal + 1) / 2, dtype=np.float64)


def spearman(a: Sequence[float], b: Sequence[float]) -> float:
    """Spearman's rank correlation with ties, -1 to 1: Pearson's correlation of the midranks.

    Not defined where a side is constant. C. Spearman, "The proof and measurement of association between two things",
    American Journal of Psychology 15(1), 1904; midranks after M. G. Kendall, "The treatment of ties in ranking
    problems", Biometrika 33(3), 1945.
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} values and {len(b)}")
    first, second = ranks(a) - (len(a) + 1) / 2, ranks(b) - (len(b) + 1) / 2
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / spread if spread else float("nan")


def auc(present: Sequence[bool], score: Sequence[float]) -> float:
    """The area under the ROC curve, 0 to 1: how often a present one scores above an absent one, ties half.

    It equals U / (n1 * n0), U being the statistic of H. B. Mann and D. R. Whitney, "On a test of whether one of two
    random variables is stochastically larger than the other", Annals of Mathematical Statistics 18(1), 1947; shown by
    J. A. Hanley and B. J. McNeil, Radiology 143(1), 1982. Not defined where all are present, or none.
    """
    there = np.array(present, dtype=bool)
    ones, zeros = int(there.sum()), int((~there).sum())
    if not ones or not zeros:
        return float("nan")
    u = float(ranks(score)[there].sum()) - ones * (ones + 1) / 2
    return u / (ones * zeros)


def calibration_error(sure: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """How far stated probabilities (0-1) are from how often they came true, 0 to 1: the expected calibration error over
    `bins` groups of equal size, from the least sure to the surest.

    M. P. Naeini, G. F. Cooper and M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI
    2015. Not defined without any.
    """
    order = np.argsort(sure, kind="stable")
    stated, true = np.array(sure, dtype=float)[order], np.array(right, dtype=float)[order]
    groups = [group for group in np.array_split(np.arange(len(order)), bins) if len(group)]
    gaps = [len(group) * abs(stated[group].mean() - true[group].mean()) for group in groups]
    return float(sum(gaps)) / len(order) if len(order) else float("nan")


def percentile_interval(values: Sequence[float] | Floats, coverage: float = COVERAGE) -> tuple[float, float]:
    """The bounds between which the middle `coverage` (0-1) of the resampled values lies; undefined ones left out."""
    array = np.asarray(values, dtype=np.float64)
    kept = array[~np.isnan(array)]
    if not len(kept):
        return float("nan"), float("nan")
    tail = 50 * (1 - coverage)
    low, high = np.percentile(kept, [tail, 100 - tail])
    return float(low), float(high)


def bootstrap(
    pieces: Floats,
    figure: Callable[[Floats], float],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    coverage: float = COVERAGE,
) -> tuple[float, float]:
    """The percentile interval of a figure when whole pieces are drawn anew with replacement.

    `pieces` is n x ..., one entry per submission; `figure` takes the sum of the drawn entries. Items of one submission
    are judged by the same hand and must not be drawn apart. B. Efron, "Bootstrap methods: another look at the
    jackknife", Annals of Statistics 7(1), 1979; the percentile interval after Efron and Tibshirani, "An Introduction
    to the Bootstrap", 1993, chapter 13.
    """
    if not len(pieces):
        return float("nan"), float("nan")
    return percentile_interval([figure(drawn) for drawn in resampled(pieces, resamples, seed)], coverage)


def resampled(pieces: Floats, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """The sums, `resamples` x ..., of as many pieces as there are (n x ..., at least one), drawn with replacement."""
    n = len(pieces)
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples)
    return np.asarray(np.tensordot(times, pieces, axes=1), dtype=np.float64)

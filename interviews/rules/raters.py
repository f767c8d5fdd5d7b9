"""How well raters agree, with intervals: what calibration tells an interviewer about themselves.

Undefined figures are None, never a kind number instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isnan

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri, stdtrit

from interviews.scoring.measuring.statistics import percentile_interval, resampled

Floats = NDArray[np.float64]

COVERAGE = 0.9
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the interval that holds it with probability `COVERAGE`; both bounds None where there is too little
    to tell."""

    value: float
    low: float | None
    high: float | None

    @property
    def is_known(self) -> bool:
        return self.low is not None and self.high is not None


def icc(ratings: Floats, *, coverage: float = COVERAGE) -> Figure | None:
    """ICC(2,1): how far single ratings of the same things agree absolutely, when both things and raters stand for more
    of their kind. `ratings` is things x raters. None with fewer than two of either, or where nothing differs.

    Case 2 of P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability",
    Psychological Bulletin 86(2), 1979, with their interval, equation (11).
    """
    n, k = ratings.shape
    if n < 2 or k < 2:
        return None
    grand = ratings.mean()
    of_things, of_raters = ratings.mean(axis=1), ratings.mean(axis=0)
    between = k * float(((of_things - grand) ** 2).sum()) / (n - 1)
    raters = n * float(((of_raters - grand) ** 2).sum()) / (k - 1)
    rest = ratings - of_things[:, None] - of_raters[None, :] + grand
    error = float((rest**2).sum()) / ((n - 1) * (k - 1))
    whole = between + (k - 1) * error + k * (raters - error) / n
    if whole <= 0:
        return None
    value = (between - error) / whole
    if error <= 0:
        return Figure(value, None, None)  # the interval divides by what the raters differ in
    f = raters / error
    spread = n * (1 + (k - 1) * value) - k * value
    freedom = (
        (k - 1) * (n - 1) * (k * value * f + spread) ** 2 / ((n - 1) * k**2 * value**2 * f**2 + spread**2)
    )
    tail = 1 - (1 - coverage) / 2
    upper, lower = float(fdtri(n - 1, freedom, tail)), float(fdtri(freedom, n - 1, tail))
    rows = k * raters + (k * n - k - n) * error
    low = n * (between - upper * error) / (upper * rows + n * between)
    high = n * (lower * between - error) / (rows + n * lower * between)
    return Figure(value, low, high)


def spearman_brown(reliability: float, times: float) -> float:
    """The reliability of the mean of `times` as many raters. C. Spearman, and independently W. Brown, British Journal
    of Psychology 3, 1910."""
    return times * reliability / (1 + (times - 1) * reliability)


def raters_needed(reliability: float, target: float) -> int | None:
    """How many raters' mean reaches the reliability `target` (below 1), from that of one, by Spearman and Brown; None
    where no number does."""
    if not 0 < reliability < 1:
        return 1 if reliability >= 1 else None
    return max(1, ceil(round(target * (1 - reliability) / (reliability * (1 - target)), 9)))


def kappa(tables: Sequence[Floats], *, coverage: float = COVERAGE) -> Figure | None:
    """Quadratic weighted kappa of two raters over all sessions; `tables` holds a square of counts for each session,
    rows the first rater's level, columns the second's. The interval draws whole sessions anew, as marks of one session
    are not independent; with one session there is none. None where kappa is undefined."""
    return _over_sessions(tables, _kappas, coverage)


def icc_over(tables: Sequence[Floats], *, coverage: float = COVERAGE) -> Figure | None:
    """ICC(2,1) of two raters over all sessions, from the same tables as `kappa`, its interval drawn as there: that of
    `icc` takes marks of one session for independent."""
    return _over_sessions(tables, _iccs, coverage)


def _over_sessions(
    tables: Sequence[Floats], figure: Callable[[Floats], Floats], coverage: float
) -> Figure | None:
    """`figure` takes squares of counts (... x L x L) and gives one figure for each, nan where it is undefined."""
    if not tables:
        return None
    pieces = np.array(tables)
    value = float(figure(pieces.sum(axis=0)))
    if isnan(value):
        return None
    if len(tables) < 2:
        return Figure(value, None, None)
    low, high = percentile_interval(figure(resampled(pieces)), coverage)
    return Figure(value, *(None if isnan(bound) else bound for bound in (low, high)))


def _kappas(counts: Floats) -> Floats:
    """`weighted_kappa` of many squares at once: a page has an interval for every step."""
    total = counts.sum(axis=(-2, -1))
    cost = np.subtract.outer(np.arange(counts.shape[-1]), np.arange(counts.shape[-1])) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = (
            counts.sum(axis=-1)[..., :, None] * counts.sum(axis=-2)[..., None, :] / total[..., None, None]
        )
        return np.asarray(1 - (cost * counts).sum(axis=(-2, -1)) / (cost * chance).sum(axis=(-2, -1)))


def _iccs(counts: Floats) -> Floats:
    """`icc` of two raters, of many squares of counts at once."""
    levels = np.arange(counts.shape[-1], dtype=np.float64)
    n = counts.sum(axis=(-2, -1))
    first, second = levels[:, None], levels[None, :]

    def mean(value: Floats) -> Floats:
        return np.asarray((counts * value).sum(axis=(-2, -1)) / n)

    with np.errstate(divide="ignore", invalid="ignore"):
        gap, half = mean(first - second), mean((first + second) / 2)
        between = 2 * (mean(((first + second) / 2) ** 2) - half**2) * n / (n - 1)
        raters = n * gap**2 / 2
        error = (mean((first - second) ** 2) - gap**2) / 2 * n / (n - 1)
        whole = between + error + 2 * (raters - error) / n
        return np.asarray(np.where(whole > 0, (between - error) / whole, np.nan))


def leniency(differences: Sequence[float], *, coverage: float = COVERAGE) -> Figure | None:
    """How much higher one rates than the key, in levels; `differences` is one mean difference per session."""
    return mean(differences, coverage=coverage)


def mean(values: Sequence[float], *, coverage: float = COVERAGE) -> Figure | None:
    """The mean of values that are independent of each other, such as one for each session. The interval is Student's;
    with one value there is none."""
    if not values:
        return None
    n, value = len(values), float(np.mean(values))
    if n < 2:
        return Figure(value, None, None)
    margin = float(stdtrit(n - 1, 1 - (1 - coverage) / 2)) * float(np.std(values, ddof=1)) / n**0.5
    return Figure(value, value - margin, value + margin)


def table(pairs: Sequence[tuple[int, int]]) -> Floats:
    """The square of counts, LEVELS x LEVELS, of pairs of levels (0-3)."""
    counts = np.zeros((LEVELS, LEVELS))
    for first, second in pairs:
        counts[first, second] += 1
    return counts

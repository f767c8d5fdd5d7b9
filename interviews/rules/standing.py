"""Where a person stands, how surely, and what would make it surer. The method is told in docs/progress.md.

A sheet's mean level is the person's level, plus what the session (its case, the day), the rater and the sheet itself
add. People learn: what lies back tells less of today. With the variances below as a first guess, whose scale the data
correct, the level has a Student's t distribution in closed form: generalized least squares with a scaled inverse
chi-squared prior on the scale (A. Gelman et al., "Bayesian Data Analysis", 3rd ed., 2013, section 14.7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

COVERAGE = 0.9
# Variances of a sheet's mean level (0-3): between sessions of one person, between raters of one session, of the rest;
# and of how far a person's level wanders in a month.
SESSION, RATER, REST, MONTH = 0.20**2, 0.20**2, 0.10**2, 0.25**2
# How many sheets' worth the first guess of the scale weighs.
GUESS = 6.0
# Older sheets hardly count; leaving them out keeps the cost bounded.
LAST = 40
# Of those who would be needed, more than this is told as "many".
MANY = 20

# The mean levels at which the project's own samples of one seniority part from those of the next: midway between the
# means of weak 0.37, mid 1.13, senior 2.19 and staff 2.62 (tests/data/submissions).
BOUNDS = (("mid", 0.75), ("senior", 1.66), ("staff", 2.41))
BELOW = "below mid"


@dataclass(frozen=True, slots=True)
class Rating:
    """The mean level (0-3) that one rater gave one session. `session` and `rater` only tell which are the same."""

    at: datetime
    mean: float
    session: str
    rater: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A level, 0-3, with the half-width of its interval, and what it rests on."""

    level: float
    margin: float
    sessions: int
    raters: int

    @property
    def low(self) -> float:
        return max(0.0, self.level - self.margin)

    @property
    def high(self) -> float:
        return min(3.0, self.level + self.margin)

    @property
    def seniorities(self) -> tuple[str, ...]:
        """The seniorities that the interval touches, from the lowest; one if it is known."""
        return tuple(
            dict.fromkeys([seniority(self.low), *_between(self.low, self.high), seniority(self.high)])
        )


def seniority(level: float) -> str:
    """What a mean level of 0-3 corresponds to."""
    return next((name for name, bound in reversed(BOUNDS) if level >= bound), BELOW)


def standing(ratings: Sequence[Rating], *, at: datetime) -> Standing | None:
    """Where the person stands at `at`, by the ratings until then; None without any."""
    kept = _kept(ratings, at)
    if not kept:
        return None
    level, precision, scale = _fit(kept, at)
    sessions, raters = {one.session for one in kept}, {one.rater for one in kept}
    return Standing(level, _margin(precision, scale, len(kept)), len(sessions), len(raters))


def to_halve(ratings: Sequence[Rating], *, at: datetime) -> int | None:
    """So many sessions with other raters would halve the margin of the standing at `at`; None if many (MANY) would not,
    or where there is no standing."""
    kept = _kept(ratings, at)
    if not kept:
        return None
    _, precision, scale = _fit(kept, at)
    goal = _margin(precision, scale, len(kept)) / 2
    sheets = _sheets(kept, at)
    for more in range(1, MANY + 1):
        sheets.append((timedelta(0), f"new {more}", f"new {more}"))
        precision = float(np.linalg.solve(_covariance(sheets), np.ones(len(sheets))).sum())
        if _margin(precision, scale, len(sheets)) <= goal:
            return more
    return None


def trend(ratings: Sequence[Rating]) -> list[tuple[datetime, Standing]]:
    """Where the person stood after each of their last sessions (LAST at most), by what was known then."""
    times = sorted({one.at for one in ratings})[-LAST:]
    return [(at, found) for at in times if (found := standing(ratings, at=at))]


def _kept(ratings: Sequence[Rating], at: datetime) -> list[Rating]:
    return sorted((one for one in ratings if one.at <= at), key=lambda one: one.at)[-LAST:]


def _sheets(kept: Sequence[Rating], at: datetime) -> list[tuple[timedelta, str, str]]:
    return [(at - one.at, one.session, one.rater) for one in kept]


def _fit(kept: Sequence[Rating], at: datetime) -> tuple[float, float, float]:
    """The level, its precision before scaling, and the scale of the variances."""
    means = np.array([one.mean for one in kept])
    covariance = _covariance(_sheets(kept, at))
    weights = np.linalg.solve(covariance, np.ones(len(kept)))
    level = float(weights @ means / weights.sum())
    residual = means - level
    scale = (GUESS + float(residual @ np.linalg.solve(covariance, residual))) / (GUESS + len(kept) - 1)
    return level, float(weights.sum()), scale


def _covariance(sheets: Sequence[tuple[timedelta, str, str]]) -> Floats:
    """n x n, of sheets given as (age, session, rater). What was learnt since is common to all that is older."""
    months = np.array([age / timedelta(days=30) for age, _, _ in sheets])
    sessions, raters = (np.array([one[place] for one in sheets]) for place in (1, 2))
    same_session, same_rater = (np.equal.outer(kind, kind) for kind in (sessions, raters))
    common = np.minimum.outer(months, months)
    total = SESSION * same_session + RATER * same_rater + REST * np.eye(len(sheets)) + MONTH * common
    return np.asarray(total, dtype=np.float64)


def _margin(precision: float, scale: float, n: int) -> float:
    quantile = float(stdtrit(GUESS + n - 1, 1 - (1 - COVERAGE) / 2))
    return float(quantile * np.sqrt(scale / precision))


def _between(low: float, high: float) -> list[str]:
    return [name for name, bound in BOUNDS if low < bound <= high]

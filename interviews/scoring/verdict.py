"""The overall verdict, from nothing but the levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from .sheet import ItemScore


def of(scores: Mapping[str, ItemScore], bounds: Sequence[float]) -> tuple[int, dict[str, float]]:
    """Verdict 1-4 and its arithmetic: the mean level of all items, parted at three bounds."""
    levels = [score.level for score in scores.values()]
    mean = fmean(levels) if levels else 0.0
    overall = 1 + sum(mean >= bound for bound in bounds)
    arithmetic: dict[str, float] = {"points": sum(levels), "items": len(levels), "mean": round(mean, 3)}
    arithmetic |= {f"bound_{i + 2}": bound for i, bound in enumerate(bounds)}
    for level in range(4):
        arithmetic[f"at_level_{level}"] = levels.count(level)
    return overall, arithmetic

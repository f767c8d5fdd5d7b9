"""Timing one call against another, turn by turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median


def seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def ratio(one: Callable[[], object], other: Callable[[], object], *, rounds: int = 30) -> float:
    """The median of one/other over pairs of runs, so that drift of the machine cancels."""
    return median(seconds(one) / seconds(other) for _ in range(rounds))

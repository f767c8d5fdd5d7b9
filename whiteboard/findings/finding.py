"""What a check says, and what it is told to hold a drawing against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from whiteboard.system import System

Verdict = Literal["good", "missing", "wrong"]


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a case asks of a system; None where it says nothing. Rates are peaks; freshness is an age in seconds."""

    latency_ms: float | None = None
    requests_per_second: float | None = None
    feature_freshness_s: float | None = None
    index_freshness_s: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a drawing shows ("good"), lacks ("missing") or contradicts ("wrong").

    `says` is one sentence; `resolves` says what would settle it (empty for what is good); `elements` are the ids
    of the parts and arrows that it speaks of.
    """

    check: str
    kind: Verdict
    says: str
    resolves: str = ""
    elements: tuple[str, ...] = ()


Check = Callable[[System, Expectations], Iterator[Finding]]


def names(labels: Iterable[str]) -> str:
    """Labels in a sentence: “a”, “b” and “c”; more than three are counted."""
    quoted = [f"“{label.strip()[:60]}”" for label in labels if label.strip()]
    if len(quoted) > 3:
        return f"{', '.join(quoted[:2])} and {len(quoted) - 2} more"
    return " and ".join(quoted) if len(quoted) < 3 else f"{quoted[0]}, {quoted[1]} and {quoted[2]}"

"""What both forms of a paper say alike."""

from __future__ import annotations

from collections.abc import Iterable

from interviews.charts.pace import Pace, difference

PHASE = ("Phase", "Worked", "Plan", "Differs")
WORKED = (
    "In minutes. Worked is what can be seen: what was written or drawn. Talking and pauses are not in it, so most"
    " sessions show less than they took."
)
CLOSED = "It cannot be shown any longer."
MARKS = (
    "Unprompted: said without being asked. Prompted: answered when asked. Rescued: after help. Missed: no answer."
    " Questions that nobody marked are not listed."
)


def phases(pace: Pace) -> tuple[tuple[str, str, str, str], ...]:
    """A row for each phase, as PHASE heads them."""
    return tuple(
        (
            bar.name,
            f"{bar.worked:.0f}",
            f"{bar.planned:.1f}".removesuffix(".0"),
            difference(bar.over),
        )
        for bar in pace.bars
    )


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """How many of each mark."""
    return ", ".join(f"{count} {mark}" for mark, count in counts)

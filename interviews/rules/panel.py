"""How two interviewers share the steps of an interview: the first leads problem, data and model, the second evaluation,
serving and operations. Together they cover every step of every framework."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

PartName = Literal["", "first", "second"]
PARTS: tuple[PartName, ...] = ("first", "second")

# The steps that the second interviewer leads, for each framework; all others, before them, are the first one's.
SECOND: Mapping[str, tuple[str, ...]] = {
    "seven-step": ("evaluate", "deploy"),
    "pipeline-seven": ("training", "serving", "maintenance"),
    "nine-step": ("evaluation", "serving", "online", "mlops", "bottlenecks"),
    "portable-five": ("serving", "maintenance"),
    "blueprint-45": ("monitoring", "bottlenecks"),
}
# The picture grows all the while, so both look at it.
SHARED = ("board",)


def part_of(step: str, framework: str) -> PartName:
    """Who leads a step of a framework; "" for what both do. A framework that is not named above is the first one's."""
    if step in SHARED:
        return ""
    return "second" if step in SECOND.get(framework, ()) else "first"


def called(role: str, part: str) -> str:
    """A seat as people speak of it: "interviewer, part A"."""
    return f"{role}, part {letter_of(part)}" if part else role


def letter_of(part: str) -> str:
    """ "A" or "B"; "" for the whole."""
    return {"first": "A", "second": "B"}.get(part, "")


def split(steps: Iterable[str], framework: str) -> dict[PartName, tuple[str, ...]]:
    """The ids of the steps that each leads, in their order: {"first": (...), "second": (...)}."""
    steps = tuple(steps)
    return {part: tuple(step for step in steps if part_of(step, framework) == part) for part in PARTS}

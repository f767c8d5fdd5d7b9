"""Frameworks: arrangements of the same items into steps, so that one score can be read through any of them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from casebank import checklist

MINUTES = 45


@dataclass(frozen=True, slots=True)
class Step:
    """A step and the ids of its items. `minutes` is 0 for what is no phase of the clock (the whiteboard)."""

    id: str
    name: str
    minutes: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    slug: str
    name: str
    is_default: bool
    steps: tuple[Step, ...]

    @property
    def phases(self) -> tuple[Step, ...]:
        """The steps that the clock knows."""
        return tuple(step for step in self.steps if step.minutes)

    def phase_of(self, step: str) -> str:
        """The id of the phase that holds the most items of a step of the checklist; the first of several."""
        return max(self.phases, key=lambda phase: sum(item.startswith(f"{step}.") for item in phase.items)).id


@cache
def load() -> dict[str, Framework]:
    """The project's frameworks by slug, the default first; ValueError if one is not an arrangement of the items."""
    data = yaml.safe_load((checklist.CONTENT / "frameworks.yaml").read_text())
    made = [_framework(slug, entry) for slug, entry in data.items()]
    return {one.slug: one for one in sorted(made, key=lambda one: not one.is_default)}


def default() -> Framework:
    """The framework for whoever chooses none."""
    return next(iter(load().values()))


def _framework(slug: str, entry: dict[str, Any]) -> Framework:
    known = [item.id for item in checklist.load().items]
    steps = tuple(
        Step(raw["id"], raw["name"], raw.get("minutes", 0), _expand(raw["items"], known))
        for raw in entry["steps"]
    )
    for fault in faults(steps, known):
        raise ValueError(f"{slug}: {fault}")
    return Framework(slug, entry["name"], bool(entry.get("default")), steps)


def faults(steps: Sequence[Step], known: Sequence[str]) -> list[str]:
    """Why these steps are no arrangement of the known items; empty if they are."""
    counts = Counter(item for step in steps for item in step.items)
    found = [f"{item} stands in {counts[item]} steps, not in one" for item in known if counts[item] != 1]
    found += [f"there is no item {item}" for item in counts if item not in known]
    minutes = sum(step.minutes for step in steps)
    if minutes != MINUTES:
        found.append(f"the minutes sum to {minutes}, not {MINUTES}")
    return found


def _expand(patterns: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for pattern in patterns:
        prefix = pattern.removesuffix("*")
        found += [item for item in known if item.startswith(prefix)] if pattern.endswith(".*") else [pattern]
    return tuple(found)

"""A row of the plan: what is done, how much of it, what must hold, and the sabotage that must turn it red."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.chaos.fleet import Fleet
from tests.chaos.storm import Outcome

SizeName = Literal["proof", "quick", "full"]


@dataclass(frozen=True, slots=True)
class Size:
    """How much: so many `sessions` for so many `seconds`, a fault about every so many; or a `count` of whatever the
    scenario counts."""

    sessions: int = 0
    seconds: float = 0
    every: float = 5
    count: int = 0

    def __str__(self) -> str:
        if self.count:
            return f"{self.count:,}"
        if not self.sessions:
            return "all"
        return f"{self.sessions} sessions, {self.seconds:.0f} s, a fault each {self.every:g} s"


# (fleet, size, seed, spoilt)
Run = Callable[[Fleet, Size, int, bool], Outcome]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`run(fleet, size, seed, spoilt)` plays it. `sabotage` names one of sabotage.py, for the processes of the fleet;
    where it is empty, the scenario spoils something of its own when it is told that it is spoilt. A spoilt one need not
    wait long for what will not come."""

    key: str
    name: str
    invariants: str
    sabotage: str
    quick: Size
    full: Size
    proof: Size
    run: Run
    # One of sabotage.py too, for a fault that only the product's inside can have; it must do no harm.
    inside: str = ""
    # Played by tests with servers of their own: the fleet is not asked.
    alone: bool = False

    def size(self, name: SizeName) -> Size:
        """The size of this name."""
        return {"proof": self.proof, "quick": self.quick, "full": self.full}[name]

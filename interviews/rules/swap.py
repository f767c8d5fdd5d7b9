"""Two halves of one meeting: who sits where in the second, and when it can be opened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Literal

Obstacle = Literal["not_agreed", "not_over", "never_began", "not_two"]

# As long after the first half the second is what comes next; later it can be opened all the same.
HALF_TIME = timedelta(hours=2)


def obstacle(*, agreed: bool, began: bool, ended: bool, roles: Collection[str]) -> Obstacle | None:
    """Why a second half cannot be opened; None if it can. `roles` are those of the first half's seats but observers.

    With more than two there would be no telling who is interviewed next.
    """
    if not agreed:
        return "not_agreed"
    if not ended:
        return "not_over"
    if not began:
        return "never_began"
    return None if sorted(roles) == ["candidate", "interviewer"] else "not_two"


def half_the_minutes(minutes: int) -> float:
    """A phase of a plan whose two halves last together as long as one would."""
    return minutes // 2 if minutes % 2 == 0 else minutes / 2


def within(minutes: int, *, plan: float) -> Literal["full", "half"]:
    """How two halves fit into a booking: both with the whole `plan` where there is time for two, else with half of it
    each. All in minutes."""
    return "full" if minutes >= 2 * plan else "half"

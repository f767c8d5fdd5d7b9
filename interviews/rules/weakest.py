"""Where a person's answers are weakest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SESSIONS = 5


def weakest(levels: Mapping[str, float], steps: Mapping[str, Sequence[str]]) -> tuple[str, float] | None:
    """The step whose items have the lowest mean level, and that mean; of equals the first. `levels` gives an item's
    mean level (0-3), 0 where it is not among them; `steps` gives the items of each step. None without any step."""
    means = [
        (step, sum(levels.get(item, 0) for item in items) / len(items))
        for step, items in steps.items()
        if items
    ]
    return min(means, key=lambda one: one[1], default=None)

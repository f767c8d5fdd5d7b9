"""Which three changes would have gained a submission most. All points weigh the same, so a level is worth the same
everywhere; what differs is how near it was.

Nearest first: a point that was mentioned (1) grows to applied (2) out of a sentence that is already there; one that was
not shown (0) needs a new one; one that was applied (2) must be defended (3). Among equally near points the weakest step
comes first, and no step twice while others have something to gain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COUNT = 3
APPLIED, MOST = 2, 3
# The order in which levels are worth raising.
_NEARNESS = {1: 0, 0: 1, 2: 2}
_ANCHORS = {
    APPLIED: "Worked out for this case: a concrete entity, a mechanism or a number.",
    MOST: "And defended: an alternative weighed, a cost or a failure named with its remedy, or the choice "
    "derived from a number.",
}
_DRAWN = {
    APPLIED: "There, and connected the right way round.",
    MOST: "Connected, and annotated with a number, a technology or a reason.",
}


@dataclass(frozen=True, slots=True)
class Point:
    """An item of the checklist, its step in the framework that the report is read through, and its level 0-3."""

    item: str
    step: str
    level: int


@dataclass(frozen=True, slots=True)
class Change:
    """A point, and the level that it would have been raised to: applied, or justified where it was applied."""

    item: str
    level: int
    target: int

    @property
    def gain(self) -> int:
        """In levels."""
        return self.target - self.level


@dataclass(frozen=True, slots=True)
class Outlook:
    """The mean level (0-3) before and after, the verdicts 1-4 at these means (None without bounds), and how many
    levels the next better verdict would still have lacked after the changes (None where there is none)."""

    before: float
    after: float
    verdict: int | None = None
    verdict_after: int | None = None
    lacking: int | None = None


def choose(points: Sequence[Point], count: int = COUNT) -> tuple[Change, ...]:
    """At most `count` changes, the nearest first; fewer where fewer points are below 3."""
    levels: dict[str, list[int]] = defaultdict(list)
    for one in points:
        levels[one.step].append(one.level)
    means = {step: sum(found) / len(found) for step, found in levels.items()}
    open_ones = [one for one in points if one.level < MOST]
    open_ones.sort(key=lambda one: (_NEARNESS[one.level], means[one.step]))  # stable: else as they stand
    first: list[Point] = []
    for one in open_ones:
        if one.step not in {taken.step for taken in first}:
            first.append(one)
    chosen = (first + [one for one in open_ones if one not in first])[:count]
    chosen.sort(key=open_ones.index)
    return tuple(Change(one.item, one.level, APPLIED if one.level < APPLIED else MOST) for one in chosen)


def outlook(levels: Sequence[int], changes: Iterable[Change], bounds: Sequence[float] = ()) -> Outlook:
    """What the changes do to the mean of these levels (one or more), and to the verdict that parts it at `bounds`."""
    total, gained = sum(levels), sum(change.gain for change in changes)
    before, after = total / len(levels), (total + gained) / len(levels)
    if not bounds:
        return Outlook(before, after)
    # The smallest sum of levels that reaches the next bound, without the rounding of a mean.
    ahead = [bound for bound in bounds if after < bound]
    needed = (
        next(
            (
                points
                for points in range(total + gained, 3 * len(levels) + 1)
                if points / len(levels) >= ahead[0]
            ),
            None,
        )
        if ahead
        else None
    )
    return Outlook(
        before,
        after,
        1 + sum(before >= bound for bound in bounds),
        1 + sum(after >= bound for bound in bounds),
        None if needed is None else needed - total - gained,
    )


def anchor(item: str, target: int) -> str:
    """What a point shows at the level `target` (2 or 3), in words."""
    return (_DRAWN if item.startswith("board.") else _ANCHORS)[target]

"""Rating calibration sessions blind: what is asked, when one may rate the same work again, and how far two sheets of
levels are from each other. A figure always comes with its n."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from interviews.rules import raters
from interviews.rules.feedback import LEVELS, VERDICT, Question, Reading, read
from interviews.rules.raters import Figure

# One remembers a key for a while.
AGAIN_AFTER = timedelta(days=30)
# A reliability with which a mean is commonly taken for good enough to tell people apart.
GOOD = 0.8
# Below this many sessions an interval that draws them anew is too narrow.
FEW = 5
OUT: tuple[tuple[int, str], ...] = ((1, "Leave this step out"),)
# (mine, the key's)
Pair = tuple[int, int]
# (id, name, its items)
Steps = Sequence[tuple[str, str, Sequence[str]]]


def questions(steps: Steps, texts: Mapping[str, str]) -> tuple[Question, ...]:
    """A level for every item of every step, whether a step is left out, and a verdict. None is needed in itself:
    `sealed` says what is."""
    asked: list[Question] = []
    for id, name, items in steps:
        asked.append(Question(f"out-{id}", name, scale=OUT, needed=False))
        asked += [Question(item, texts[item], scale=LEVELS, needed=False) for item in items]
    return (*asked, Question("overall", "Would you advance this candidate?", scale=VERDICT))


def sealed(steps: Steps, asked: Sequence[Question], given: Mapping[str, str]) -> Reading:
    """The levels and the verdict ("overall") as they would be sealed, without the steps that are left out. Every other
    step must be whole, and at least one must be."""
    reading = read(asked, given)
    kept = {step: items for step, _, items in steps if f"out-{step}" not in reading.answers}
    wanted = [item for items in kept.values() for item in items]
    answers = {item: reading.answers[item] for item in wanted if item in reading.answers}
    if "overall" in reading.answers:
        answers["overall"] = reading.answers["overall"]
    faults = {name: said for name, said in reading.faults.items() if name in wanted or name == "overall"}
    faults |= {item: "No level yet." for item in wanted if item not in answers and item not in faults}
    if not kept:
        faults["steps"] = "Every step is left out. Rate at least one."
    return Reading(answers, faults)


def draft(asked: Sequence[Question], given: Mapping[str, str]) -> dict[str, str]:
    """What of `given` a draft keeps: the answers that there are."""
    offered = {one.name: {str(value) for value, _ in one.scale} for one in asked}
    return {name: value for name, value in given.items() if value in offered.get(name, ())}


def rated(steps: Steps, given: Mapping[str, str]) -> tuple[int, int]:
    """(points with a level, points that want one) of a draft."""
    wanted = [item for step, _, items in steps if not given.get(f"out-{step}") for item in items]
    return sum(bool(given.get(item)) for item in wanted), len(wanted)


def may_rate(last_sealed_at: datetime | None, now: datetime) -> bool:
    """Whether one may rate a work: for the first time, or once one has had time to forget its key."""
    return last_sealed_at is None or now >= last_sealed_at + AGAIN_AFTER


@dataclass(frozen=True, slots=True)
class Closeness:
    """Two raters' levels of the same `n` points, over `sessions` sessions. `exact` and `within_one` are shares.
    `leniency` is how much higher the first rates, in levels, each session counting once."""

    n: int
    sessions: int
    exact: float
    within_one: float
    kappa: Figure | None
    icc: Figure | None
    leniency: Figure


def closeness(sessions: Iterable[Sequence[Pair]]) -> Closeness | None:
    """Of the pairs of each session; sessions without any do not count. None without a pair."""
    held = [pairs for pairs in sessions if pairs]
    gaps = [mine - key for pairs in held for mine, key in pairs]
    lean = raters.leniency([sum(mine - key for mine, key in pairs) / len(pairs) for pairs in held])
    if lean is None:
        return None
    tables = [raters.table(pairs) for pairs in held]
    return Closeness(
        len(gaps),
        len(held),
        sum(gap == 0 for gap in gaps) / len(gaps),
        sum(abs(gap) <= 1 for gap in gaps) / len(gaps),
        raters.kappa(tables),
        raters.icc_over(tables),
        lean,
    )


@dataclass(frozen=True, slots=True)
class StepCloseness:
    id: str
    name: str
    found: Closeness | None


def by_step(steps: Steps, sessions: Sequence[Mapping[str, Pair]]) -> tuple[StepCloseness, ...]:
    """Step by step; `sessions` is {item: pair} each."""
    return tuple(
        StepCloseness(id, name, closeness([[one[item] for item in items if item in one] for one in sessions]))
        for id, name, items in steps
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One point: my level and the key's; `gap` is how much higher mine is."""

    item: str
    mine: int
    key: int

    @property
    def gap(self) -> int:
        return self.mine - self.key

    @property
    def is_big(self) -> bool:
        """Two levels or more: raters talk about such a point."""
        return abs(self.gap) >= 2


def differences(pairs: Mapping[str, Pair]) -> list[Difference]:
    """Point by point, the biggest difference first; equal ones in the order of the checklist, which `pairs` has."""
    return sorted((Difference(item, *pair) for item, pair in pairs.items()), key=lambda one: -abs(one.gap))

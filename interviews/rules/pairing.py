"""Who of those that wait is brought together with whom.

Everybody is looked at once, the longest waiting first, and looks only into the buckets of people that fit: by language,
level, role, swap and framework. So the cost grows with the number of people, not with the number of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Literal, NamedTuple

from interviews.rules.next_case import LEVELS, distance

Wanted = Literal["candidate", "interviewer", "either"]
# Whether the roles are exchanged at half time: what one says, the other must say too, or that either is fine.
Swapping = Literal["no", "yes", "either"]
# Within one level; whoever has waited longer takes what comes, and so do others with them.
PATIENCE = timedelta(minutes=3)
# How long both have to accept.
TO_ACCEPT = timedelta(seconds=60)
# A page that has said nothing for so long is taken for closed; a tab in the background may ask once a minute only.
SILENCE = timedelta(seconds=90)
# Nobody meets the same partner again within this, unless both ask for it.
APART = timedelta(days=7)
# A pair of whom one said no is not proposed again within this.
REFUSED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person in the line. `role` is that of the first half, where the roles `swap`. `framework` is "" for any.
    `fresh` says whether a case is left to ask them. `never` are the ids of people they must not meet; `met` of those
    they met within `APART`, whom they meet if both want to meet somebody `again`. `front` is for who had a partner and
    lost them by no fault of their own."""

    id: int
    role: Wanted
    level: str
    language: str
    since: datetime
    framework: str = ""
    swap: Swapping = "no"
    fresh: bool = True
    front: bool = False
    again: bool = False
    never: frozenset[int] = frozenset()
    met: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ids in their (first) seats, the level of the interview (the candidate's), its framework, "" for any, and
    whether they swap at half time."""

    candidate: int
    interviewer: int
    level: str
    framework: str
    swap: bool = False


class _Key(NamedTuple):
    language: str
    level: str
    role: str
    swap: str
    framework: str
    patient: bool

    @property
    def choices(self) -> int:
        """How much these people leave open: who takes either is kept for those who need them."""
        return (self.role == "either") + (self.swap == "either")


# How far away a level is, and how much is left open; the lowest is served first.
_Rank = tuple[int, int]


class _Bucket:
    """People who said the same, in the order of the line."""

    def __init__(self) -> None:
        self.people: list[tuple[int, Waiting]] = []
        self._after: list[int] = []

    def add(self, place: int, one: Waiting) -> None:
        self.people.append((place, one))
        self._after.append(len(self.people))

    def first(self, away: Collection[int], taken: Collection[int]) -> tuple[int, Waiting] | None:
        """The first, with their place in the line, who is neither `away` nor `taken`."""
        index = self._free(0, taken)
        while index < len(self.people):
            if self.people[index][1].id not in away:
                return self.people[index]
            index = self._free(index + 1, taken)
        return None

    def _free(self, start: int, taken: Collection[int]) -> int:
        """The next index whose person is not taken; whoever walks over the taken leaves a short cut."""
        end = start
        while end < len(self.people) and self.people[end][1].id in taken:
            end = self._after[end]
        while start < end:
            self._after[start], start = end, self._after[start]
        return end


def best_pairs(waiting: Iterable[Waiting], now: datetime) -> list[Pair]:
    """Pairs out of those who wait, nobody in two of them. The first in line gets the best partner that there is for
    them: of the nearest level, then one who leaves the least open, then who has waited longest. So nobody is passed
    over for somebody who came later, unless the two cannot meet."""
    line = sorted((one for one in waiting if _role(one)), key=lambda one: (not one.front, one.since, one.id))
    apart = _apart(line)
    buckets: dict[_Key, _Bucket] = defaultdict(_Bucket)
    for place, one in enumerate(line):
        buckets[_key(one, now)].add(place, one)
    frameworks = sorted({key.framework for key in buckets})
    fitting: dict[_Key, list[tuple[_Rank, _Bucket]]] = {}
    taken: set[int] = set()
    pairs = []
    for one in line:
        if one.id in taken:
            continue
        own = _key(one, now)
        if own not in fitting:
            keys = (key for key in _fitting(own, frameworks) if key in buckets)
            ranked = (((distance(own.level, key.level), key.choices), buckets[key]) for key in keys)
            fitting[own] = sorted(ranked, key=lambda option: option[0])
        partner = _best(fitting[own], apart[one.id] | {one.id}, taken)
        if partner:
            taken |= {one.id, partner.id}
            pairs.append(_seat(one, partner))
    return pairs


def _best(
    ranked: Iterable[tuple[_Rank, _Bucket]], away: Collection[int], taken: Collection[int]
) -> Waiting | None:
    """The longest waiting in the first rank that has anybody; None if none has."""
    best: tuple[_Rank, int, Waiting] | None = None
    for rank, bucket in ranked:
        if best and best[0] < rank:
            break
        found = bucket.first(away, taken)
        if found and (best is None or found[0] < best[1]):
            best = (rank, *found)
    return best[2] if best else None


def _role(one: Waiting) -> str:
    """What seat this person can take: somebody to whom no case is left to ask can only interview. "" if none."""
    if one.fresh:
        return one.role
    return "" if one.role == "candidate" or one.swap == "yes" else "interviewer"


def _swap(one: Waiting) -> str:
    """Who swaps is interviewed too, and so needs a case."""
    return "no" if one.swap == "either" and not one.fresh else one.swap


def _key(one: Waiting, now: datetime) -> _Key:
    patient = now - one.since > PATIENCE
    return _Key(one.language, one.level, _role(one), _swap(one), one.framework, patient)


def _fitting(own: _Key, frameworks: Sequence[str]) -> Iterator[_Key]:
    """The buckets of those who fit by all that they said."""
    roles = {"candidate": ("interviewer", "either"), "interviewer": ("candidate", "either")}
    seats = roles.get(own.role, ("candidate", "interviewer", "either"))
    swaps = ("no", "yes", "either") if own.swap == "either" else (own.swap, "either")
    plans = ("", own.framework) if own.framework else frameworks
    for level, patient in product(LEVELS, (True, False)):
        if distance(own.level, level) <= 1 or patient or own.patient:
            for role, swap, plan in product(seats, swaps, plans):
                yield _Key(own.language, level, role, swap, plan, patient)


def _apart(line: Sequence[Waiting]) -> dict[int, set[int]]:
    """{id: the ids of whom this person must not meet now}, the same from both sides."""
    apart: dict[int, set[int]] = defaultdict(set)
    again = {one.id for one in line if one.again}
    for one in line:
        away = one.never | {other for other in one.met if one.id not in again or other not in again}
        for other in away:
            apart[one.id].add(other)
            apart[other].add(one.id)
    return apart


def _seat(one: Waiting, other: Waiting) -> Pair:
    """Who sits where: by what they want; where both take either seat, the longer waiting is interviewed."""
    takes = _role(one) == "candidate" or (_role(one) == "either" and _role(other) != "candidate")
    candidate, interviewer = (one, other) if takes else (other, one)
    swaps = "yes" in (one.swap, other.swap)
    return Pair(candidate.id, interviewer.id, candidate.level, one.framework or other.framework, swaps)


# Above so many the words of `about` are the same.
COUNTED = 101


def about(count: int) -> str:
    """How many others wait, in words: true, and too coarse to follow one person by."""
    if count == 0:
        return "Nobody else waits at the moment"
    if count <= 5:
        return "A few others wait"
    if count <= 20:
        return "More than five others wait"
    return f"More than {20 if count <= 50 else 50 if count <= 100 else 100} others wait"

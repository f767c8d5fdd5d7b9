"""Who interviews whom, on which case, week by week.

Each week everybody is the candidate once and interviews once (in panels: once in each part), so that over any number of
weeks all have done both equally often. Who has met least meets first, nobody meets whom they must not, and nobody is
asked a case that they know, or will have interviewed on by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from interviews.rules.matching import cheapest

# Dearer than any number of meetings, so that it is chosen only where nothing else is left; and then it is no pair.
_NEVER = 1e6


@dataclass(frozen=True, slots=True)
class Slot:
    """One interview. `week` counts from 1; `interviewers` are one, or in a panel two, the first part's first."""

    week: int
    candidate: int
    interviewers: tuple[int, ...]
    case: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be done: in this week there is nobody to interview `candidate` ("partner"), no second interviewer
    ("second"; one interviews then), or no case left that they do not know ("case")."""

    week: int
    candidate: int
    why: str


@dataclass(frozen=True, slots=True)
class Rota:
    slots: tuple[Slot, ...]
    gaps: tuple[Gap, ...]


@dataclass(slots=True)
class _State:
    """What is known and what has been, as the weeks go by."""

    knows: dict[int, set[int]]
    met: Counter[tuple[int, int]]
    awaits: Mapping[int, Collection[int]]
    used: Counter[int] = field(default_factory=Counter)


def rota(
    members: Sequence[int],
    cases: Sequence[int],
    *,
    weeks: int,
    panels: bool = False,
    knows: Mapping[int, Collection[int]] | None = None,
    blocked: Collection[frozenset[int]] = (),
    met: Mapping[tuple[int, int], int] | None = None,
    awaits: Mapping[int, Collection[int]] | None = None,
) -> Rota:
    """A rota for `weeks` weeks. `knows` are the cases that each member knows, `awaits` those that they are still to be
    asked and so do not interview on, `blocked` the pairs who do not meet, `met` how often (interviewer, candidate) met
    before. The same input gives the same rota."""
    known = {one: set((knows or {}).get(one, ())) for one in members}
    state = _State(known, Counter(dict(met or {})), awaits or {})
    slots: list[Slot] = []
    gaps: list[Gap] = []
    for week in range(1, weeks + 1):
        pairs, missing = _week(week, members, panels, blocked, state)
        made, without = _give_cases(week, pairs, cases, state)
        slots += made
        gaps += [*missing, *without]
    return Rota(tuple(slots), tuple(gaps))


def _week(
    week: int, members: Sequence[int], panels: bool, blocked: Collection[frozenset[int]], state: _State
) -> tuple[dict[int, tuple[int, ...]], list[Gap]]:
    """{candidate: interviewers} of one week."""
    apart = set(blocked)
    first = _match(week, members, apart, state)
    gaps = [Gap(week, one, "partner") for one in members if one not in first]
    if not panels:
        return {one: (by,) for one, by in first.items()}, gaps
    taken = {frozenset((one, by)) for one, by in first.items()}
    second = _match(week, members, apart, state, not_in=first, beside=taken)
    gaps += [Gap(week, one, "second") for one in first if one not in second]
    return {one: (by, second[one]) if one in second else (by,) for one, by in first.items()}, gaps


def _match(
    week: int,
    members: Sequence[int],
    apart: Collection[frozenset[int]],
    state: _State,
    *,
    not_in: Mapping[int, int] | None = None,
    beside: Collection[frozenset[int]] = (),
) -> dict[int, int]:
    """{candidate: interviewer}: everybody once on either side, whoever has met least first."""
    size = len(members)

    def cost(row: int, column: int) -> float:
        candidate, by = members[row], members[column]
        other = (not_in or {}).get(candidate)
        impossible = candidate == by or frozenset((candidate, by)) in apart
        if impossible or by == other or (other is not None and frozenset((other, by)) in apart):
            return _NEVER
        if not_in is not None and other is None:
            return _NEVER
        turn = (column - row - week) % size / (size * size)
        again = frozenset((candidate, by)) in beside
        return state.met[by, candidate] * 4 + state.met[candidate, by] + again * 0.5 + turn

    table = [[cost(row, column) for column in range(size)] for row in range(size)]
    found = {}
    for row, column in enumerate(cheapest(table)):
        if table[row][column] < _NEVER:
            found[members[row]] = members[column]
            state.met[members[column], members[row]] += 1
    return found


def _give_cases(
    week: int, pairs: Mapping[int, tuple[int, ...]], cases: Sequence[int], state: _State
) -> tuple[list[Slot], list[Gap]]:
    """A case for each pair. In one week nobody knows which interview comes first, so nobody is asked what they
    interview on that week."""
    asked: dict[int, int] = {}
    holds: dict[int, set[int]] = {one: set() for one in state.knows}

    def possible(candidate: int) -> list[int]:
        spoilt = {asked.get(by) for by in pairs[candidate]}
        spoilt.update(case for by in pairs[candidate] for case in state.awaits.get(by, ()))
        known = state.knows[candidate] | holds[candidate] | spoilt
        return [case for case in cases if case not in known]

    def price(candidate: int, case: int) -> tuple[int, int, int]:
        fresh = sum(case not in state.knows[by] | holds[by] for by in pairs[candidate])
        return fresh, state.used[case], cases.index(case)

    gaps = []
    left = set(pairs)
    while left:
        candidate = min(left, key=lambda one: (len(possible(one)), list(pairs).index(one)))
        left.remove(candidate)
        choice = min(possible(candidate), key=lambda case: price(candidate, case), default=None)
        if choice is None:
            gaps.append(Gap(week, candidate, "case"))
            continue
        asked[candidate] = choice
        state.used[choice] += 1
        for by in pairs[candidate]:
            holds[by].add(choice)
    slots = [Slot(week, one, pairs[one], asked[one]) for one in pairs if one in asked]
    for slot in slots:
        for person in _people(slot):
            state.knows[person].add(slot.case)
    return slots, gaps


def _people(slot: Slot) -> Iterator[int]:
    yield slot.candidate
    yield from slot.interviewers

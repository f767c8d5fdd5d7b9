from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations

import pytest

from interviews.rules.matching import cheapest
from interviews.rules.rota import Rota, rota

CASES = list(range(100, 120))


def turns(made: Rota) -> tuple[Counter[int], Counter[int]]:
    """How often each is the candidate, and how often each interviews."""
    return Counter(slot.candidate for slot in made.slots), Counter(
        one for slot in made.slots for one in slot.interviewers
    )


@pytest.mark.parametrize("panels", [False, True])
@pytest.mark.parametrize("weeks", [1, 3, 6])
@pytest.mark.parametrize("size", [3, 4, 5, 8, 13])
def test_everybody_is_candidate_and_interviewer_equally_often(size: int, weeks: int, panels: bool) -> None:
    made = rota(range(size), CASES, weeks=weeks, panels=panels)
    asked, asking = turns(made)
    assert made.gaps == ()
    assert set(asked.values()) == {weeks}
    assert set(asking.values()) == {weeks * (1 + panels)}
    for slot in made.slots:
        assert len({slot.candidate, *slot.interviewers}) == 2 + panels


@pytest.mark.parametrize("panels", [False, True])
@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_nobody_is_asked_a_case_that_they_know_by_then(size: int, panels: bool) -> None:
    knows = {one: {CASES[one], CASES[one + 1]} for one in range(size)}
    made = rota(range(size), CASES, weeks=4, panels=panels, knows=knows)
    known = {one: set(knows[one]) for one in range(size)}
    for week in range(1, 5):
        slots = [slot for slot in made.slots if slot.week == week]
        for slot in slots:
            holding = {other.case for other in slots if slot.candidate in other.interviewers}
            assert slot.case not in known[slot.candidate] | holding
        for slot in slots:
            for one in (slot.candidate, *slot.interviewers):
                known[one].add(slot.case)


def test_all_meet_before_anybody_meets_again() -> None:
    made = rota(range(5), CASES, weeks=4)
    assert len({(slot.candidate, slot.interviewers) for slot in made.slots}) == 20


def test_who_met_before_meets_last() -> None:
    made = rota([1, 2, 3], CASES, weeks=1, met={(2, 1): 1})
    assert {(slot.candidate, slot.interviewers[0]) for slot in made.slots} == {(1, 3), (3, 2), (2, 1)}


@pytest.mark.parametrize("panels", [False, True])
def test_blocked_pairs_do_not_meet_as_opponents_or_beside_each_other(panels: bool) -> None:
    blocked = {frozenset((0, 1)), frozenset((2, 3))}
    made = rota(range(7), CASES, weeks=5, panels=panels, blocked=blocked)
    for slot in made.slots:
        people = {slot.candidate, *slot.interviewers}
        assert not [pair for pair in blocked if pair <= people]
    assert not [gap for gap in made.gaps if gap.why == "partner"]


@pytest.mark.parametrize(
    ("members", "blocked", "panels", "why"),
    [
        ([1], set(), False, {"partner"}),
        ([], set(), False, set()),
        ([1, 2], {frozenset((1, 2))}, False, {"partner"}),
        ([1, 2], set(), True, {"second"}),
    ],
)
def test_what_cannot_be_done_is_said(
    members: list[int], blocked: set[frozenset[int]], panels: bool, why: set[str]
) -> None:
    made = rota(members, CASES, weeks=2, panels=panels, blocked=blocked)
    assert {gap.why for gap in made.gaps} == why
    assert all(len(slot.interviewers) == 1 for slot in made.slots)


def test_where_no_case_is_left_the_pair_is_left_out() -> None:
    made = rota([1, 2], CASES[:2], weeks=2)
    assert [slot.week for slot in made.slots] == [1, 1]
    assert [(gap.week, gap.candidate, gap.why) for gap in made.gaps] == [(2, 1, "case"), (2, 2, "case")]


def test_nobody_interviews_on_what_they_are_still_to_be_asked() -> None:
    awaits = {1: {100}, 2: {101}}
    made = rota([1, 2], CASES[:3], weeks=1, knows=awaits, awaits=awaits)
    assert made.slots
    assert all(slot.case not in awaits[slot.interviewers[0]] for slot in made.slots)


def test_the_cases_last_because_one_interviews_on_what_one_knows() -> None:
    made = rota(range(4), CASES[:8], weeks=4)
    assert made.gaps == ()


def test_the_same_people_get_the_same_rota() -> None:
    assert rota(range(6), CASES, weeks=3) == rota(range(6), CASES, weeks=3)


def test_the_matching_is_the_cheapest() -> None:
    table = [[(7 * row * row + 5 * column + row * column) % 11 for column in range(6)] for row in range(6)]
    best = min(sum(table[r][c] for r, c in enumerate(order)) for order in permutations(range(6)))
    assert sum(table[row][column] for row, column in enumerate(cheapest(table))) == best
    assert all(left != right for left, right in pairwise(sorted(cheapest(table))))

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interviews.rules.pairing import PATIENCE, Pair, Waiting, about, best_pairs

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ADA, BEN, CLEO, DAN = 1, 2, 3, 4


def waits(id: int, role: Any = "either", *, seconds: float = 10, **said: Any) -> Waiting:
    wish = {"level": "senior", "language": "en", **said}
    return Waiting(id=id, role=role, since=NOW - timedelta(seconds=seconds), **wish)


def met(*line: Waiting) -> list[tuple[int, int]]:
    """(candidate, interviewer) of each pair; the order of the line must not matter."""
    pairs = best_pairs(line, NOW)
    assert pairs == best_pairs(reversed(line), NOW)
    return [(pair.candidate, pair.interviewer) for pair in pairs]


@pytest.mark.parametrize(
    ("ada", "ben", "expected"),
    [
        ("candidate", "interviewer", [(ADA, BEN)]),
        ("interviewer", "candidate", [(BEN, ADA)]),
        ("candidate", "candidate", []),
        ("interviewer", "interviewer", []),
        ("candidate", "either", [(ADA, BEN)]),
        ("interviewer", "either", [(BEN, ADA)]),
        ("either", "candidate", [(BEN, ADA)]),
        ("either", "interviewer", [(ADA, BEN)]),
        ("either", "either", [(ADA, BEN)]),  # she has waited longer, and is interviewed
    ],
)
def test_roles(ada: str, ben: str, expected: list[tuple[int, int]]) -> None:
    assert met(waits(ADA, ada, seconds=20), waits(BEN, ben)) == expected


@pytest.mark.parametrize(
    ("ada", "ben", "pairs"),
    [
        ({"language": "en"}, {"language": "de"}, 0),
        ({"language": "de"}, {"language": "de"}, 1),
        ({"level": "mid"}, {"level": "senior"}, 1),
        ({"level": "mid"}, {"level": "staff"}, 0),
        ({"level": "mid", "seconds": 181}, {"level": "staff"}, 1),
        ({"level": "mid"}, {"level": "staff", "seconds": 181}, 1),
        ({"level": "mid", "seconds": 180}, {"level": "staff", "seconds": 180}, 0),
        ({"framework": "seven-step"}, {}, 1),
        ({}, {"framework": "seven-step"}, 1),
        ({"framework": "seven-step"}, {"framework": "seven-step"}, 1),
        ({"framework": "seven-step"}, {"framework": "nine-step"}, 0),
        ({"never": frozenset([BEN])}, {}, 0),
        ({}, {"never": frozenset([ADA])}, 0),
        ({"never": frozenset([BEN]), "again": True}, {"again": True, "seconds": 9999}, 0),
        ({"met": frozenset([BEN])}, {"met": frozenset([ADA])}, 0),
        ({"met": frozenset([BEN]), "again": True}, {"met": frozenset([ADA])}, 0),
        ({"met": frozenset([BEN]), "again": True}, {"met": frozenset([ADA]), "again": True}, 1),
        ({"fresh": False}, {"fresh": False}, 0),
        ({"fresh": False}, {}, 1),
    ],
)
def test_who_may_meet(ada: dict[str, Any], ben: dict[str, Any], pairs: int) -> None:
    assert len(met(waits(ADA, **{"seconds": 20, **ada}), waits(BEN, **ben))) == pairs


@pytest.mark.parametrize(
    ("ada", "ben", "swaps"),
    [
        ("no", "no", [False]),
        ("no", "either", [False]),
        ("either", "either", [False]),  # nobody asked for it
        ("yes", "yes", [True]),
        ("yes", "either", [True]),
        ("either", "yes", [True]),
        ("yes", "no", []),
        ("no", "yes", []),
    ],
)
def test_roles_swap_where_one_wants_it_and_nobody_minds(ada: Any, ben: Any, swaps: list[bool]) -> None:
    line = [waits(ADA, "candidate", swap=ada, seconds=999), waits(BEN, "interviewer", swap=ben)]
    assert [pair.swap for pair in best_pairs(line, NOW)] == swaps


@pytest.mark.parametrize(("ben", "swaps"), [("yes", []), ("either", []), ("no", [False])])
def test_who_swaps_needs_a_case_too(ben: Any, swaps: list[bool]) -> None:
    """Ben knows every case, so he can only interview, once."""
    ada = waits(ADA, "candidate", swap="no" if ben == "no" else "yes")
    line = [ada, waits(BEN, "interviewer", swap=ben, fresh=False)]
    assert [pair.swap for pair in best_pairs(line, NOW)] == swaps


def test_who_does_not_mind_is_kept_for_those_who_need_them() -> None:
    ada = waits(ADA, "candidate", seconds=99)
    either, just = waits(BEN, "interviewer", swap="either", seconds=60), waits(CLEO, "interviewer")
    assert met(ada, either, just) == [(ADA, CLEO)]


def test_who_knows_every_case_interviews() -> None:
    assert met(waits(ADA, fresh=False, seconds=99), waits(BEN)) == [(BEN, ADA)]
    assert met(waits(ADA, "candidate", fresh=False), waits(BEN)) == []


def test_the_level_is_the_candidates_and_the_framework_that_of_whoever_names_one() -> None:
    ada = waits(ADA, "candidate", level="mid")
    ben = waits(BEN, "interviewer", level="senior", framework="nine-step")
    assert best_pairs([ada, ben], NOW) == [Pair(ADA, BEN, "mid", "nine-step")]


def test_the_longest_waiting_is_served_first() -> None:
    line = [
        waits(ADA, "candidate", seconds=50),
        waits(BEN, "candidate", seconds=60),
        waits(CLEO, "interviewer"),
    ]
    assert met(*line) == [(BEN, CLEO)]


def test_who_lost_a_partner_stands_in_front() -> None:
    ada, ben = waits(ADA, "candidate", seconds=900), waits(BEN, "candidate", seconds=5, front=True)
    assert met(ada, ben, waits(CLEO, "interviewer")) == [(BEN, CLEO)]


def test_the_nearest_level_and_then_who_wants_just_that_seat() -> None:
    ada = waits(ADA, "candidate", seconds=99)
    far, near = waits(BEN, "interviewer", level="staff", seconds=60), waits(CLEO, "either")
    assert met(ada, far, near) == [(ADA, CLEO)]
    either, just = waits(BEN, "either", seconds=60), waits(CLEO, "interviewer")
    assert met(ada, either, just) == [(ADA, CLEO)]


def test_who_must_not_meet_does_not_keep_others_from_meeting() -> None:
    ada = waits(ADA, "candidate", seconds=99, never=frozenset([BEN]))
    assert met(ada, waits(BEN, "interviewer"), waits(CLEO, "candidate")) == [(CLEO, BEN)]


def test_nobody_waits_alone() -> None:
    assert met() == []
    assert met(waits(ADA)) == []


def crowd(chance: random.Random, size: int) -> list[Waiting]:
    return [
        waits(
            id,
            chance.choice(["candidate", "interviewer", "either"]),
            seconds=chance.uniform(0, 400),
            level=chance.choice(["mid", "senior", "staff"]),
            language=chance.choice(["en", "de"]),
            framework=chance.choice(["", "seven-step", "nine-step"]),
            swap=chance.choice(["no", "yes", "either"]),
            fresh=chance.random() < 0.9,
            front=chance.random() < 0.1,
            again=chance.random() < 0.5,
            never=frozenset(chance.sample(range(size), 2)) - {id},
            met=frozenset(chance.sample(range(size), 3)) - {id},
        )
        for id in range(size)
    ]


@pytest.mark.parametrize("seed", range(30))
def test_in_any_crowd_nobody_is_in_two_pairs_and_no_two_who_could_meet_are_left(seed: int) -> None:
    people = crowd(random.Random(seed), 40)
    pairs = best_pairs(people, NOW)
    taken = [id for pair in pairs for id in (pair.candidate, pair.interviewer)]
    assert len(taken) == len(set(taken))
    by_id = {one.id: one for one in people}
    for pair in pairs:
        # What holds for a pair holds for it alone, too.
        assert best_pairs([by_id[pair.candidate], by_id[pair.interviewer]], NOW)
        assert by_id[pair.candidate].fresh
    left = [one for one in people if one.id not in taken]
    assert best_pairs(left, NOW) == []
    for one in left:
        assert not any(best_pairs([one, other], NOW) for other in left if other is not one)


@pytest.mark.parametrize("seed", range(10))
def test_the_first_in_line_is_never_left_for_somebody_behind(seed: int) -> None:
    people = crowd(random.Random(seed), 30)
    pairs = best_pairs(people, NOW)
    taken = {id for pair in pairs for id in (pair.candidate, pair.interviewer)}
    first = min(people, key=lambda one: (not one.front, one.since, one.id))
    could = any(best_pairs([first, other], NOW) for other in people if other is not first)
    assert (first.id in taken) == could


def test_patience_is_three_minutes() -> None:
    assert timedelta(minutes=3) == PATIENCE


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Nobody else"),
        (1, "A few"),
        (5, "A few"),
        (6, "More than five"),
        (20, "More than five"),
        (21, "More than 20"),
        (700, "More than 100"),
    ],
)
def test_how_many_wait_is_said_in_coarse_words(count: int, words: str) -> None:
    assert about(count).startswith(words)

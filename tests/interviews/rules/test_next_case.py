from __future__ import annotations

import pytest

from interviews.rules.next_case import Option, choose, distance


def option(slug: str, level: str = "senior", *, known: bool = False, trains: bool = False) -> Option:
    return Option(slug, level, known, trains)


def test_a_case_that_is_known_is_never_asked() -> None:
    known = option("known", known=True, trains=True)
    assert choose([known, option("new", "mid")], level="senior", person=1) == "new"
    assert choose([known], level="senior", person=1) is None


def test_what_trains_the_weakest_step_comes_before_the_right_level() -> None:
    options = [option("near"), option("far", "mid", trains=True)]
    assert choose(options, level="senior", person=1) == "far"


@pytest.mark.parametrize(("level", "slug"), [("mid", "easy"), ("senior", "middle"), ("staff", "hard")])
def test_the_nearest_level_of_what_is_left(level: str, slug: str) -> None:
    options = [option("hard", "staff"), option("easy", "mid"), option("middle")]
    assert choose(options, level=level, person=1) == slug


def test_of_equals_it_is_always_the_same_for_one_person_and_not_the_same_for_all() -> None:
    options = [option(f"case-{number}") for number in range(20)]
    chosen = [choose(options, level="senior", person=person) for person in range(50)]
    assert chosen == [choose(reversed(options), level="senior", person=person) for person in range(50)]
    assert len(set(chosen)) > 10


def test_nothing_to_choose_from() -> None:
    assert choose([], level="senior", person=1) is None


def test_levels_are_one_apart() -> None:
    assert [distance("mid", other) for other in ("mid", "senior", "staff", "?")] == [0, 1, 2, 3]

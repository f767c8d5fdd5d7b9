from __future__ import annotations

import pytest

from interviews.rules.gains import Point, anchor, choose, outlook

BOUNDS = (0.5, 1.0, 2.0)


def points(**levels: tuple[int, ...]) -> list[Point]:
    return [
        Point(f"{step}.{n}", step, level) for step, found in levels.items() for n, level in enumerate(found)
    ]


def test_what_was_mentioned_comes_before_what_was_not_shown_and_that_before_what_was_applied() -> None:
    chosen = choose(points(a=(2,), b=(0,), c=(1,), d=(3,)))
    assert [(one.item, one.level, one.target, one.gain) for one in chosen] == [
        ("c.0", 1, 2, 1),
        ("b.0", 0, 2, 2),
        ("a.0", 2, 3, 1),
    ]


def test_of_equally_near_points_the_weakest_step_comes_first() -> None:
    assert [one.item for one in choose(points(strong=(3, 3, 1), weak=(1, 0, 0), middle=(2, 1, 1)))] == [
        "weak.0",
        "middle.1",
        "strong.2",
    ]


def test_no_step_comes_twice_while_another_has_something_to_gain() -> None:
    assert [one.item for one in choose(points(a=(1, 1, 1), b=(2, 2), c=(3, 0)))] == ["a.0", "c.1", "b.0"]
    assert [one.item for one in choose(points(a=(1, 1, 0), b=(3,)))] == ["a.0", "a.1", "a.2"]


def test_there_may_be_fewer_than_three_and_none() -> None:
    assert len(choose(points(a=(3, 2)))) == 1
    assert choose(points(a=(3, 3))) == ()
    assert choose([]) == ()


def test_the_arithmetic_is_that_of_equal_weights() -> None:
    made = points(a=(1, 1), b=(0, 3))
    seen = outlook([one.level for one in made], choose(made), BOUNDS)
    assert (seen.before, seen.after) == (5 / 4, 9 / 4)
    assert (seen.verdict, seen.verdict_after, seen.lacking) == (3, 4, None)


def test_it_says_how_many_levels_the_next_verdict_still_lacks() -> None:
    seen = outlook([0] * 10, choose(points(a=(0,) * 10), 1), BOUNDS)
    assert (seen.verdict, seen.verdict_after, seen.lacking) == (1, 1, 3)  # 0.2 now; 5 levels make 0.5


def test_without_bounds_there_is_no_verdict() -> None:
    assert outlook([1, 1], ()).verdict is None


@pytest.mark.parametrize("item", ["clarify.goal", "board.online"])
def test_each_target_has_an_anchor(item: str) -> None:
    assert anchor(item, 2) != anchor(item, 3)

"""The figures, held against published ones."""

from __future__ import annotations

from collections import Counter

import pytest

from interviews.rules.agreement import Agreement, agreement


def of(first: list[int], second: list[int]) -> Agreement:
    found = agreement(Counter(zip(first, second, strict=True)))
    assert found
    return found


def test_two_radiologists_on_85_films() -> None:
    """Boyd et al. 1982, as the Stata manual's entry on kappa works it: 63.53 % exact, kappa 0.6714 with weights w2."""
    table = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
    found = agreement({(i, j): count for i, row in enumerate(table) for j, count in enumerate(row)})
    assert found
    assert found.n == 85
    assert round(found.exact, 4) == 0.6353
    assert found.kappa is not None
    assert round(found.kappa, 4) == 0.6714


@pytest.mark.parametrize(
    ("first", "second", "kappa"),
    [
        ([1, 2, 3], [1, 2, 3], 1),
        ([1, 2, 1], [1, 2, 2], 0.4),
        ([1, 2, 3, 1, 2, 2, 3], [1, 2, 3, 1, 2, 3, 2], 0.75),
    ],
)
def test_the_examples_of_the_metrics_package(first: list[int], second: list[int], kappa: float) -> None:
    assert of(first, second).kappa == pytest.approx(kappa)


def test_a_rater_who_says_the_same_of_everything_agrees_by_chance_alone() -> None:
    assert of([0, 1, 2, 3], [1, 1, 1, 1]).kappa == 0


def test_the_opposite_is_worse_than_chance() -> None:
    assert of([0, 3], [3, 0]).kappa == -1


def test_without_any_difference_kappa_is_undefined() -> None:
    assert of([2, 2], [2, 2]).kappa is None


def test_the_bias_is_the_second_raters() -> None:
    found = of([0, 1, 3], [1, 2, 3])
    assert found.bias == pytest.approx(2 / 3)
    assert (found.within_one, found.is_few) == (1, True)


def test_nothing_has_no_agreement() -> None:
    assert agreement({}) is None
    assert agreement({(1, 1): 0}) is None


def test_poor_is_said_of_enough_pairs_that_differ_by_kappa_or_by_half() -> None:
    def found(pairs: dict[tuple[int, int], int]) -> bool:
        made = agreement(pairs)
        assert made is not None
        return made.is_poor

    assert not found({(0, 3): 9})  # too few
    assert found({(0, 3): 10})
    assert found({(1, 1): 9, (0, 3): 1, (3, 0): 1})  # exact in 9 of 11, no better than chance
    assert found({(0, 1): 6, (1, 2): 6, (3, 3): 5})  # in step, and rarely the same
    assert not found({(1, 1): 10})  # kappa is undefined where nobody ever differs
    assert not found({(0, 0): 5, (3, 3): 5, (1, 2): 1})

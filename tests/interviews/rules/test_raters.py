"""Held against published worked examples; the sources are in the docstrings."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from interviews.rules import raters
from interviews.scoring.measuring.statistics import bootstrap, weighted_kappa

# P. E. Shrout and J. L. Fleiss (1979), table 2: four judges rate six targets.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)
# The same paper's table 4 gives 0.29; the 95 % interval after its equation (11), as the R package psych prints it.
ICC, LOW, HIGH = 0.29, 0.019, 0.761


def test_icc_is_that_of_the_paper() -> None:
    found = raters.icc(SHROUT_FLEISS, coverage=0.95)
    assert found
    assert found.low is not None
    assert found.high is not None
    assert (round(found.value, 2), round(found.low, 3), round(found.high, 3)) == (ICC, LOW, HIGH)


def test_icc_covers_what_the_raters_came_from() -> None:
    random = np.random.default_rng(7)
    true = 1.0 / (1.0 + 0.25 + 0.25)
    held = 0
    for _ in range(300):
        things, judges = random.normal(0, 1, (30, 1)), random.normal(0, 0.5, (1, 6))
        found = raters.icc(things + judges + random.normal(0, 0.5, (30, 6)))
        assert found
        assert found.low is not None
        assert found.high is not None
        held += found.low <= true <= found.high
    assert 0.84 <= held / 300 <= 0.96


def test_icc_of_raters_who_agree_wholly_is_one_without_an_interval() -> None:
    found = raters.icc(np.array([[0, 0], [1, 1], [3, 3]], dtype=float))
    assert found == raters.Figure(1.0, None, None)
    assert not found.is_known


@pytest.mark.parametrize("ratings", [np.ones((1, 3)), np.ones((3, 1)), np.ones((4, 2))])
def test_icc_is_undefined_without_two_of_each_or_without_a_difference(ratings: raters.Floats) -> None:
    assert raters.icc(ratings) is None


@pytest.mark.parametrize(
    ("one", "times", "many"), [(0.5, 2, 2 / 3), (0.7, 1, 0.7), (0.4, 3, 2 / 3), (0.8, 0.5, 2 / 3)]
)
def test_spearman_brown(one: float, times: float, many: float) -> None:
    assert raters.spearman_brown(one, times) == pytest.approx(many)


@pytest.mark.parametrize(
    ("one", "target", "needed"),
    [(0.5, 0.8, 4), (0.5, 0.5, 1), (0.9, 0.8, 1), (0.0, 0.8, None), (1.0, 0.8, 1)],
)
def test_how_many_raters_it_takes(one: float, target: float, needed: int | None) -> None:
    assert raters.raters_needed(one, target) == needed
    if needed:
        assert raters.spearman_brown(one, needed) >= target


def test_kappa_pools_the_sessions_and_draws_them_whole() -> None:
    good, bad = raters.table([(0, 0), (1, 1), (2, 2), (3, 3)]), raters.table([(0, 3), (3, 0), (1, 2), (2, 1)])
    both = raters.kappa([good, bad])
    assert both
    assert both.value == pytest.approx(0)
    assert both.low == pytest.approx(-1)
    assert both.high == pytest.approx(1)
    assert raters.kappa([good]) == raters.Figure(1.0, None, None)
    assert raters.kappa([]) is None
    assert raters.kappa([raters.table([(1, 1)])]) is None


def test_leniency_is_a_mean_with_students_interval() -> None:
    given = [0.2, 0.4, 0.1, 0.5]
    found = raters.leniency(given)
    assert found
    low, high = stats.t.interval(0.9, 3, loc=np.mean(given), scale=np.std(given, ddof=1) / sqrt(4))
    assert (found.value, found.low, found.high) == pytest.approx((0.3, low, high))
    assert raters.leniency([0.5]) == raters.Figure(0.5, None, None)
    assert raters.leniency([]) is None


def test_a_page_of_figures_says_what_each_of_them_does_alone() -> None:
    random = np.random.default_rng(3)
    sessions = [random.integers(0, 4, (12, 2)) for _ in range(5)]
    tables = [raters.table([(int(a), int(b)) for a, b in one]) for one in sessions]
    agreed, reliable = raters.kappa(tables), raters.icc_over(tables)
    plain, single = raters.icc(np.vstack(sessions).astype(float)), raters.icc_over(tables[:1])
    assert agreed
    assert reliable
    assert plain
    assert single
    assert agreed.value == pytest.approx(weighted_kappa(np.sum(tables, axis=0)))
    assert reliable.value == pytest.approx(plain.value)
    low, high = bootstrap(np.array(tables), weighted_kappa, coverage=raters.COVERAGE)
    assert (agreed.low, agreed.high) == pytest.approx((low, high))
    assert reliable.low is not None
    assert reliable.high is not None
    assert reliable.low < reliable.value < reliable.high
    assert not single.is_known


@pytest.mark.parametrize("pairs", [[], [(1, 2)], [(2, 2), (2, 2)], [(0, 1), (1, 0)]])
def test_icc_over_sessions_is_undefined_where_icc_is(pairs: list[tuple[int, int]]) -> None:
    assert raters.icc_over([raters.table(pairs)]) is None

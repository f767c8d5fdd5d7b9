"""Against examples that were published, or worked by hand."""

from __future__ import annotations

from math import isnan, sqrt

import numpy as np
import pytest

from interviews.scoring.measuring.statistics import (
    auc,
    bootstrap,
    calibration_error,
    confusion,
    percentile_interval,
    ranks,
    spearman,
    weighted_kappa,
)


def test_weighted_kappa_of_cohens_own_example() -> None:
    # Cohen 1968: two judges sort cases into three diagnoses, with his weights of disagreement: 0.348; unweighted 0.492.
    shares = np.array([[0.44, 0.05, 0.01], [0.07, 0.20, 0.03], [0.09, 0.05, 0.06]])
    weights = np.array([[0.0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert weighted_kappa(shares, weights) == pytest.approx(0.348, abs=0.0005)
    assert weighted_kappa(shares, 1 - np.eye(3)) == pytest.approx(0.492, abs=0.0005)


def test_quadratic_kappa_by_hand() -> None:
    # One of four is a step off: observed 1; by chance (14 + 6 + 6 + 6) / 4 = 8; so 1 - 1/8.
    assert weighted_kappa(confusion([0, 1, 2, 3], [0, 1, 2, 2], low=0, high=3)) == pytest.approx(0.875)


def test_quadratic_kappa_is_the_intraclass_correlation() -> None:
    # Fleiss and Cohen 1973: 2 cov / (var + var + squared difference of the means), moments over all n.
    rng = np.random.default_rng(1)
    a = rng.integers(0, 4, 200)
    b = np.clip(a + rng.integers(-1, 2, 200), 0, 3)
    same = 2 * np.cov(a, b, ddof=0)[0, 1] / (a.var() + b.var() + (a.mean() - b.mean()) ** 2)
    assert weighted_kappa(confusion(a.tolist(), b.tolist(), low=0, high=3)) == pytest.approx(float(same))


def test_kappa_of_perfect_of_constant_and_of_contrary_answers() -> None:
    assert weighted_kappa(confusion([0, 1, 2, 3], [0, 1, 2, 3], low=0, high=3)) == 1
    assert weighted_kappa(confusion([0, 1, 2, 3], [1, 1, 1, 1], low=0, high=3)) == pytest.approx(0)
    assert weighted_kappa(confusion([1, 4], [4, 1], low=1, high=4)) == pytest.approx(-1)


def test_kappa_of_one_known_category_is_undefined() -> None:
    assert isnan(weighted_kappa(confusion([2, 2], [2, 2], low=0, high=3)))
    assert isnan(weighted_kappa(np.zeros((4, 4))))


def test_confusion_refuses_lists_of_different_lengths() -> None:
    with pytest.raises(ValueError, match="2 gold values and 1"):
        confusion([0, 1], [0], low=0, high=3)


def test_calibration_error_by_hand() -> None:
    # Two groups of two: 0.2 stated and half true, 0.9 stated and all true: (0.3 + 0.1) / 2.
    assert calibration_error([0.9, 0.2, 0.9, 0.2], [True, False, True, True], bins=2) == pytest.approx(0.2)
    assert calibration_error([1, 1, 0], [True, True, False]) == 0
    assert isnan(calibration_error([], []))


def test_spearman_of_a_textbook_example() -> None:
    # Ten people's IQ and hours of television a week, a common example: rho = -29/165.
    iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    assert spearman(iq, hours) == pytest.approx(-29 / 165)


def test_spearman_with_ties_by_hand() -> None:
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    assert ranks([1, 2, 2, 3]).tolist() == [1, 2.5, 2.5, 4]
    assert spearman([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / sqrt(22.5))
    assert spearman([1, 2, 2, 3], [6, 4, 4, 2]) == pytest.approx(-1)


def test_spearman_of_a_constant_is_undefined() -> None:
    assert isnan(spearman([1, 1, 1], [1, 2, 3]))


def test_auc_is_the_mann_whitney_statistic() -> None:
    # Aesop's race: T H H H H H T T T T T H. Tortoises beat 6 + 5 * 1 = 11 hares out of 36 pairs.
    finish = "THHHHHTTTTTH"
    assert auc([animal == "T" for animal in finish], list(range(12, 0, -1))) == pytest.approx(11 / 36)


def test_auc_counts_ties_half() -> None:
    # Pairs: 2 over 1 and 0 (2), 1 over 0 (1), 1 with 1 (half); of 4.
    assert auc([True, True, False, False], [2, 1, 1, 0]) == pytest.approx(3.5 / 4)
    assert auc([True, False], [1, 1]) == 0.5
    assert isnan(auc([True, True], [1, 2]))


def test_percentile_interval_cuts_off_both_ends() -> None:
    assert percentile_interval([float(i) for i in range(101)]) == pytest.approx((5, 95))
    assert percentile_interval([1, float("nan"), 1]) == (1, 1)
    assert all(map(isnan, percentile_interval([])))


def test_bootstrap_of_three_by_hand() -> None:
    # Of the 27 draws from (0, 0, 3) the mean is 0 in 8, 1 in 12, 2 in 6, 3 in 1; 5 % lie at 0, 95 % at 2.
    pieces = np.array([[0.0, 1], [0, 1], [3, 1]])
    assert bootstrap(pieces, lambda total: float(total[0] / total[1])) == (0, 2)


def test_bootstrap_of_many_is_the_normal_interval() -> None:
    pieces = np.array([[float(i % 2), 1] for i in range(400)])
    low, high = bootstrap(pieces, lambda total: float(total[0] / total[1]))
    assert low == pytest.approx(0.5 - 1.645 * 0.5 / 20, abs=0.006)
    assert high == pytest.approx(0.5 + 1.645 * 0.5 / 20, abs=0.006)


def test_bootstrap_is_the_same_each_time() -> None:
    pieces = np.arange(20.0).reshape(10, 2)
    assert bootstrap(pieces, lambda t: float(t[0] / t[1])) == bootstrap(pieces, lambda t: float(t[0] / t[1]))

"""The interval of a level is held against simulated raters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from interviews.rules import standing as rules
from interviews.rules.standing import Rating, seniority, standing, to_halve, trend

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def rating(mean: float, *, days: float = 0, session: str = "s", rater: str = "r") -> Rating:
    return Rating(NOW - timedelta(days=days), mean, session, rater)


def simulated(
    random: np.random.Generator, *, sessions: int, raters: int, scale: float
) -> tuple[float, list[Rating]]:
    """A person who practises once a week, and what `raters` who take turns make of it; the deviations are `scale` times
    those that the method guesses."""
    wander = scale * (rules.MONTH * 7 / 30) ** 0.5
    level = float(random.uniform(0.6, 2.4))
    strict = random.normal(0, scale * rules.RATER**0.5, raters)
    given = []
    for number in range(sessions):
        level += float(random.normal(0, wander)) if number else 0
        rater = number % raters
        seen = level + strict[rater] + random.normal(0, scale * (rules.SESSION + rules.REST) ** 0.5)
        days = 7 * (sessions - 1 - number)
        given.append(rating(float(seen), days=days, session=f"s{number}", rater=f"r{rater}"))
    return level, given


@pytest.mark.parametrize("scale", [0.6, 1.0, 1.6])
@pytest.mark.parametrize(("sessions", "raters"), [(2, 1), (3, 2), (8, 4), (20, 3)])
def test_the_interval_holds_the_level_about_as_often_as_it_says(
    sessions: int, raters: int, scale: float
) -> None:
    """0.9 where the guesses are right; not far below where people differ more than was guessed."""
    random = np.random.default_rng(11)
    held = 0
    for _ in range(400):
        level, given = simulated(random, sessions=sessions, raters=raters, scale=scale)
        found = standing(given, at=NOW)
        assert found
        held += abs(found.level - level) <= found.margin
    assert held / 400 >= (0.86 if scale <= 1 else 0.70)


def test_more_sessions_and_other_raters_make_it_surer() -> None:
    def margin(sessions: int, raters: int) -> float:
        given = [rating(2, session=f"s{n}", rater=f"r{n % raters}") for n in range(sessions)]
        found = standing(given, at=NOW)
        assert found
        return found.margin

    assert all(more < fewer for fewer, more in pairwise(margin(n, n) for n in (1, 2, 4, 8)))
    assert margin(6, 6) < margin(6, 1)


def test_what_would_halve_it_does() -> None:
    given = [rating(2, session=f"s{n}", rater=f"r{n}") for n in range(3)]
    found = standing(given, at=NOW)
    assert found
    wanted = to_halve(given, at=NOW)
    assert wanted
    more = [rating(2, session=f"n{n}", rater=f"n{n}") for n in range(wanted)]
    after = standing([*given, *more], at=NOW)
    assert after
    assert after.margin <= found.margin / 2 * 1.05


def test_what_lies_back_counts_less() -> None:
    old, new = rating(1, days=300, session="a", rater="a"), rating(2, session="b", rater="b")
    found = standing([old, new], at=NOW)
    assert found
    assert found.level > 1.7
    alone = standing([old], at=NOW)
    fresh = standing([new], at=NOW)
    assert alone
    assert fresh
    assert alone.margin > fresh.margin


def test_two_raters_of_one_session_tell_less_than_two_sessions() -> None:
    same = standing([rating(2, rater="a"), rating(2, rater="b")], at=NOW)
    apart = standing([rating(2, session="s", rater="a"), rating(2, session="t", rater="b")], at=NOW)
    assert same
    assert apart
    assert (same.sessions, same.raters) == (1, 2)
    assert apart.margin < same.margin


def test_without_ratings_nothing_is_said_and_later_ones_do_not_count() -> None:
    assert standing([], at=NOW) is None
    assert standing([rating(2, days=-1)], at=NOW) is None
    assert trend([]) == []


def test_the_trend_knows_at_each_point_only_what_came_before() -> None:
    given = [
        rating(level, days=days, session=f"s{days}", rater=f"r{days}")
        for level, days in [(1, 60), (1.5, 30), (2, 0)]
    ]
    found = trend(given)
    assert [one.sessions for _, one in found] == [1, 2, 3]
    assert found[0][1].level == pytest.approx(1)
    assert found[-1][1] == standing(given, at=NOW)


@pytest.mark.parametrize(
    ("level", "name"),
    [(0, "below mid"), (0.75, "mid"), (1.65, "mid"), (1.66, "senior"), (2.41, "staff"), (3, "staff")],
)
def test_seniorities_have_bounds(level: float, name: str) -> None:
    assert seniority(level) == name


@pytest.mark.parametrize(
    ("level", "margin", "names"),
    [
        (2.0, 0.1, ("senior",)),
        (1.7, 0.2, ("mid", "senior")),
        (1.5, 1.5, ("below mid", "mid", "senior", "staff")),
    ],
)
def test_the_interval_names_what_it_touches(level: float, margin: float, names: tuple[str, ...]) -> None:
    assert rules.Standing(level, margin, 1, 1).seniorities == names

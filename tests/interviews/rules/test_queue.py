from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from interviews.rules import budget, queue
from interviews.rules.budget import Spent

NOW = timezone.now()


@pytest.mark.parametrize(
    ("attempts", "wanted", "seconds"),
    [(0, 0, 10), (1, 0, 10), (2, 0, 20), (3, 0, 40), (1, 90, 90), (3, 5, 40)],
)
def test_the_pause_grows_and_keeps_what_the_other_side_wants(
    attempts: int, wanted: int, seconds: int
) -> None:
    assert queue.pause(attempts, wanted) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("revived", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (1000, 60)])
def test_trying_again_takes_longer_each_time(revived: int, minutes: int) -> None:
    assert queue.may_try_again(revived, NOW) == NOW + timedelta(minutes=minutes)


def test_the_first_time_nobody_waits() -> None:
    assert queue.may_try_again(0, None) is None


@pytest.mark.parametrize(
    ("session", "day", "said"),
    [
        (Spent(0, 0), Spent(0, 0), ""),
        (Spent(9, 900), Spent(99, 9_900), ""),
        (Spent(10, 0), Spent(10, 0), "session"),
        (Spent(1, 901), Spent(1, 901), "session"),
        (Spent(0, 0), Spent(100, 0), "today"),
        (Spent(0, 0), Spent(1, 9_901), "today"),
    ],
)
def test_a_call_must_fit_into_both_budgets(session: Spent, day: Spent, said: str) -> None:
    found = budget.objection(
        tokens=100, session=session, day=day, most_session=Spent(10, 1000), most_day=Spent(100, 10_000)
    )
    assert said in found
    assert bool(said) == bool(found)


@pytest.mark.parametrize(("age", "seconds"), [(0, 10), (40, 10), (120, 30), (3600, 300), (10**6, 300)])
def test_the_longer_a_job_has_waited_the_fewer_nudges_there_are(age: int, seconds: int) -> None:
    assert queue.patience(timedelta(seconds=age)) == timedelta(seconds=seconds)

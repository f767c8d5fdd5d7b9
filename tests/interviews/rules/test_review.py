from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from interviews.rules.review import Look, Review, choose, longer, review

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("looks", "gap", "due"),
    [
        ([(0, 0)], 1, 1),
        ([(0, 1)], 1, 1),
        ([(0, 2)], 3, 3),
        ([(0, 3)], 3, 3),
        # shown when due: the next gap
        ([(0, 2), (3, 2)], 7, 10),
        ([(0, 2), (3, 2), (10, 3)], 14, 24),
        ([(0, 2), (3, 2), (10, 3), (24, 2)], 28, 52),
        ([(0, 2), (3, 2), (10, 3), (24, 2), (52, 2)], 56, 108),
        # long after it was due is when due
        ([(0, 2), (40, 2)], 7, 47),
        # shown again too soon: nothing is known of the gap
        ([(0, 2), (1, 3)], 3, 3),
        ([(0, 2), (1, 3), (2, 3), (2.5, 3)], 3, 3),
        ([(0, 2), (0, 2)], 3, 3),
        ([(0, 2), (1, 3), (3, 3)], 7, 10),
        # weak: back to a day, whenever it was
        ([(0, 2), (3, 2), (10, 2), (24, 1)], 1, 25),
        ([(0, 2), (3, 2), (4, 0)], 1, 5),
        ([(0, 2), (3, 1), (4, 2)], 3, 7),
        ([(0, 0), (1, 0), (2, 0)], 1, 3),
        # the order in which they come is not that of the list
        ([(3, 2), (0, 2)], 7, 10),
    ],
)
def test_gaps_stretch_with_success(looks: list[tuple[float, int]], gap: int, due: float) -> None:
    found = review([Look(day(at), level) for at, level in looks])
    assert found
    assert (found.gap, found.due_at) == (gap, day(due))


def test_after_the_last_gap_it_doubles() -> None:
    gaps = [1]
    for _ in range(6):
        gaps.append(longer(gaps[-1]))
    assert gaps == [1, 3, 7, 14, 28, 56, 112]


def test_what_was_never_looked_at_has_no_review() -> None:
    assert review([]) is None


def test_the_mean_is_of_the_last_five() -> None:
    found = review([Look(day(at), level) for at, level in enumerate([3, 3, 0, 0, 1, 1, 3])])
    assert found
    assert found.mean == 1
    assert found.last == Look(day(6), 3)


def of(level: int, due: float, mean: float | None = None) -> Review:
    return Review(1, day(due), Look(day(0), level), level if mean is None else mean)


@pytest.mark.parametrize(
    ("reviews", "chosen"),
    [
        # what is due comes before what is weaker
        ({"weak": of(0, 11), "due": of(3, 9)}, ("due", "weak")),
        # of what is due the weakest, by the last level, then the mean, then how long it waits
        ({"shown": of(2, 1), "weak": of(0, 9)}, ("weak", "shown")),
        ({"often": of(1, 2, mean=2.0), "never": of(1, 9, mean=0.5)}, ("never", "often")),
        ({"later": of(1, 9), "earlier": of(1, 2)}, ("earlier", "later")),
        # of what is not, the first that will be
        ({"far": of(0, 30), "near": of(3, 11)}, ("near", "far")),
        # of equals the order that they came in
        ({"b": of(0, 1), "a": of(0, 1), "c": of(0, 1)}, ("b", "a")),
        ({"only": of(0, 1)}, ("only",)),
        ({}, ()),
    ],
)
def test_what_is_due_comes_first_and_of_that_the_weakest(
    reviews: dict[str, Review], chosen: tuple[str, ...]
) -> None:
    assert choose(reviews, now=day(10), count=2) == chosen

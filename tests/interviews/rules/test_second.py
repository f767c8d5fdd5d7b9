"""Who may rate a second time, where two raters are far apart, and how much they may say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from interviews.rules import second

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ways", "awaits", "may"),
    [
        ({"guide"}, False, True),
        ({"interviewer", "candidate"}, False, True),
        ({"author"}, False, True),
        ({"candidate"}, False, False),
        ({"observer"}, False, False),
        (set(), False, False),
        ({"guide"}, True, False),
    ],
)
def test_who_rates_holds_the_guide_and_is_not_about_to_be_asked(
    ways: set[str], awaits: bool, may: bool
) -> None:
    assert second.may_rate(ways, awaits_it=awaits) is may


def test_far_apart_is_two_levels_of_a_point_that_both_rated() -> None:
    mine, theirs = {"a": 0, "b": 3, "c": 1, "d": 3}, {"a": 2, "b": 1, "c": 2}
    assert second.gaps(mine, theirs) == ["a", "b"]


def test_what_is_taken_lapses() -> None:
    assert not second.has_lapsed(NOW, NOW + second.LAPSES / 2)
    assert second.has_lapsed(NOW, NOW + second.LAPSES)


def test_one_says_so_much_and_nothing_after_closing() -> None:
    assert [second.left_to_say(said, has_closed=False) for said in (0, 2, 3, 9)] == [3, 1, 0, 0]
    assert second.left_to_say(0, has_closed=True) == 0

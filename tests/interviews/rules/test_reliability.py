from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from interviews.rules.reliability import GRACE, Appearance, counts_as_coming, paused_until, tally

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def history(marks: str, *, last: datetime) -> list[Appearance]:
    """One letter for each agreed start, a day apart: c came, n did not."""
    return [Appearance(last - DAY * (len(marks) - 1 - i), mark == "c") for i, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("marks", "paused"),
    [
        ("", False),
        ("n", False),
        ("nn", True),
        ("cnn", True),
        ("ncn", False),
        ("nnc", False),
        ("nnn", True),
        ("cc", False),
    ],
)
def test_two_in_a_row_pause(marks: str, paused: bool) -> None:
    assert bool(paused_until(history(marks, last=NOW - DAY), NOW)) == paused


def test_the_pause_is_a_week_from_when_the_second_was_given_up() -> None:
    twice = history("nn", last=NOW)
    until = NOW + GRACE + timedelta(days=7)
    assert paused_until(twice, NOW + GRACE) == until
    assert paused_until(twice, until - timedelta(seconds=1)) == until
    assert paused_until(twice, until) is None


def test_the_order_in_which_they_are_told_does_not_matter() -> None:
    assert paused_until(reversed(history("cnn", last=NOW)), NOW)
    assert paused_until(reversed(history("nnc", last=NOW)), NOW) is None


def test_the_figure_comes_with_its_count() -> None:
    assert tally(history("ccncc", last=NOW)) == (4, 5)
    assert tally([]) == (0, 0)


def test_looking_at_a_room_days_before_is_not_coming() -> None:
    assert not counts_as_coming(NOW, NOW - DAY)
    assert counts_as_coming(NOW, NOW - timedelta(minutes=15))
    assert counts_as_coming(NOW, NOW + GRACE)
    assert counts_as_coming(None, NOW)

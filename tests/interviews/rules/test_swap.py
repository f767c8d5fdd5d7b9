from __future__ import annotations

import pytest

from interviews.rules.swap import half_the_minutes, obstacle, within

TWO = ("candidate", "interviewer")


@pytest.mark.parametrize(
    ("agreed", "began", "ended", "roles", "why"),
    [
        (True, True, True, TWO, None),
        (False, True, True, TWO, "not_agreed"),
        (True, True, False, TWO, "not_over"),
        (True, False, False, TWO, "not_over"),
        (True, False, True, TWO, "never_began"),
        (True, True, True, ("candidate",), "not_two"),
        (True, True, True, ("candidate", "interviewer", "interviewer"), "not_two"),
    ],
)
def test_when_a_second_half_can_be_opened(
    agreed: bool, began: bool, ended: bool, roles: tuple[str, ...], why: str | None
) -> None:
    assert obstacle(agreed=agreed, began=began, ended=ended, roles=roles) == why


def test_halves_of_minutes() -> None:
    assert [half_the_minutes(minutes) for minutes in (6, 5, 9)] == [3, 2.5, 4.5]


def test_two_whole_halves_need_the_time_for_two() -> None:
    assert [within(minutes, plan=45) for minutes in (30, 45, 60, 90, 120)] == ["half"] * 3 + ["full"] * 2

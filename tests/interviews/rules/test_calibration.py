"""What may be sealed, when one may rate again, and figures that never come without their n."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from interviews.rules import calibration as rules

STEPS = [("clarify", "Clarify", ("goal", "scope")), ("board", "Whiteboard", ("online",))]
ASKED = rules.questions(STEPS, {"goal": "Goal?", "scope": "Scope?", "online": "Online?"})
WHOLE = {"goal": "2", "scope": "0", "online": "3", "overall": "3"}
NOW = datetime(2026, 11, 29, tzinfo=UTC)


def test_a_whole_sheet_can_be_sealed() -> None:
    found = rules.sealed(STEPS, ASKED, WHOLE)
    assert found.answers == {"goal": 2, "scope": 0, "online": 3, "overall": 3}
    assert found.faults == {}


def test_a_step_that_is_left_out_is_not_sealed_and_asks_for_nothing() -> None:
    found = rules.sealed(STEPS, ASKED, {"goal": "2", "out-clarify": "1", "online": "1", "overall": "1"})
    assert found.answers == {"online": 1, "overall": 1}
    assert found.faults == {}


def test_what_is_missing_is_named() -> None:
    assert set(rules.sealed(STEPS, ASKED, {"goal": "2"}).faults) == {"scope", "online", "overall"}
    nothing = rules.sealed(STEPS, ASKED, {"out-clarify": "1", "out-board": "1", "overall": "2"})
    assert set(nothing.faults) == {"steps"}


@pytest.mark.parametrize("value", ["4", "-1", "²", "22", "x"])
def test_what_is_no_level_is_neither_kept_nor_sealed(value: str) -> None:
    assert rules.draft(ASKED, {**WHOLE, "goal": value, "stray": "1"}) == {
        name: said for name, said in WHOLE.items() if name != "goal"
    }
    assert set(rules.sealed(STEPS, ASKED, {**WHOLE, "goal": value}).faults) == {"goal"}


def test_a_draft_counts_what_is_rated_of_what_wants_a_level() -> None:
    assert rules.rated(STEPS, {"goal": "0", "online": "1", "overall": "1"}) == (2, 3)
    assert rules.rated(STEPS, {"goal": "0", "online": "1", "out-board": "1"}) == (1, 2)


def test_one_may_rate_again_after_thirty_days() -> None:
    assert rules.may_rate(None, NOW)
    assert not rules.may_rate(NOW - timedelta(days=29), NOW)
    assert rules.may_rate(NOW - timedelta(days=30), NOW)


def test_one_session_gives_figures_without_intervals() -> None:
    found = rules.closeness([[(2, 1), (3, 3), (0, 2), (1, 1)]])
    assert found
    assert (found.n, found.sessions, found.exact, found.within_one) == (4, 1, 0.5, 0.75)
    assert found.leniency.value == pytest.approx(-0.25)
    assert not found.leniency.is_known
    assert found.kappa
    assert not found.kappa.is_known
    assert found.icc
    assert not found.icc.is_known


def test_two_sessions_give_intervals_and_each_counts_once_in_leniency() -> None:
    found = rules.closeness([[(1, 0)] * 9 + [(3, 3)], [(2, 2)], []])
    assert found
    assert (found.n, found.sessions) == (11, 2)
    assert found.leniency.value == pytest.approx(0.45)
    assert found.leniency.is_known


def test_without_a_pair_there_is_no_figure() -> None:
    assert rules.closeness([[], []]) is None
    assert [one.found is None for one in rules.by_step(STEPS, [{"goal": (1, 2)}])] == [False, True]


def test_the_biggest_difference_comes_first() -> None:
    found = rules.differences({"goal": (1, 1), "scope": (0, 3), "online": (2, 1)})
    assert [(one.item, one.gap, one.is_big) for one in found] == [
        ("scope", -3, True),
        ("online", 1, False),
        ("goal", 0, False),
    ]

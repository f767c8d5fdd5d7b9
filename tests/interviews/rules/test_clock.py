from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from interviews.rules.clock import Clock, phases

NOON = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # the night when Europe's clocks go forward
PLAN = [{"id": "clarify", "name": "Clarify", "minutes": 6}, {"id": "frame", "name": "Frame", "minutes": 4}]


def clock(**facts: object) -> Clock:
    return Clock(phases(PLAN), **facts)  # type: ignore[arg-type]


def after(**span: float) -> datetime:
    return NOON + timedelta(**span)


def test_before_the_start_nothing_has_passed() -> None:
    moment = clock().at(NOON)
    assert (moment.face, moment.elapsed, moment.remaining, moment.can_edit) == ("lobby", 0, 600, False)


@pytest.mark.parametrize(
    ("seconds", "phase", "remaining", "can_edit"),
    [
        (0, "clarify", 600, True),
        (359.9, "clarify", 240.1, True),
        (360, "frame", 240, True),
        (599.9, "frame", 0.1, True),
        (600, "frame", 0, False),
        (9999, "frame", 0, False),
        (-5, "clarify", 600, True),
    ],
)
def test_a_running_clock(seconds: float, phase: str, remaining: float, can_edit: bool) -> None:
    moment = clock(started_at=NOON).at(after(seconds=seconds))
    assert moment.phase is not None
    assert (moment.phase.id, moment.can_edit) == (phase, can_edit)
    assert moment.remaining == pytest.approx(remaining)


def test_a_paused_clock_stands_still_and_takes_no_edits() -> None:
    paused = clock(started_at=NOON, paused_at=after(seconds=90))
    early, late = paused.at(after(seconds=91)), paused.at(after(hours=3))
    assert early == late
    assert (late.face, late.elapsed, late.can_edit) == ("paused", 90, False)


def test_a_pause_that_is_over_moves_the_deadline() -> None:
    resumed = clock(started_at=NOON, paused_seconds=120)
    assert resumed.deadline() == after(seconds=720)
    assert resumed.at(after(seconds=200)).elapsed == 80


def test_an_ended_clock_shows_when_it_ended() -> None:
    ended = clock(started_at=NOON, ended_at=after(seconds=100)).at(after(days=2))
    assert (ended.face, ended.elapsed, ended.remaining, ended.can_edit) == ("ended", 100, 500, False)


def test_given_up_before_the_start_is_ended_without_time() -> None:
    assert clock(ended_at=NOON).at(NOON).face == "ended"


def test_phases_stand_end_to_end() -> None:
    made = phases(PLAN)
    assert [(p.start, p.end) for p in made] == [(0, 360), (360, 600)]

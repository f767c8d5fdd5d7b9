"""The seal as a table: 1 is the candidate's seat, 2 and 3 are interviewers'."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from interviews.rules.reveal import SEALED_FOR, Pair, Seal

END = datetime(2026, 3, 1, 12, tzinfo=UTC)
TWO = frozenset({(1, 2), (2, 1)})
PANEL = frozenset({(1, 2), (2, 1), (1, 3), (3, 1)})


def at(hours: float) -> datetime:
    return END + timedelta(hours=hours)


def seal(wanted: frozenset[Pair], sent: dict[Pair, float]) -> Seal:
    return Seal(END, wanted, {pair: at(hours) for pair, hours in sent.items()})


@pytest.mark.parametrize(
    ("wanted", "sent", "now", "opened"),
    [
        (TWO, {}, 1, None),
        (TWO, {(1, 2): 1}, 2, None),
        (TWO, {(2, 1): 1}, 47.99, None),
        (TWO, {(1, 2): 1, (2, 1): 3}, 3, 3),
        (TWO, {(1, 2): 5, (2, 1): 3}, 9, 5),
        (TWO, {}, 48, 48),
        (TWO, {(2, 1): 1}, 48, 48),
        (TWO, {(2, 1): 50}, 60, 48),
        (TWO, {(2, 1): 50, (1, 2): 1}, 60, 48),
        (PANEL, {(1, 2): 1, (2, 1): 1}, 2, None),
        (PANEL, {(1, 2): 1, (2, 1): 1, (1, 3): 2}, 3, None),
        (PANEL, {(1, 2): 1, (2, 1): 1, (1, 3): 2, (3, 1): 4}, 4, 4),
        (frozenset(), {}, 99, None),
    ],
)
def test_when_it_opens(
    wanted: frozenset[Pair], sent: dict[Pair, float], now: float, opened: float | None
) -> None:
    assert seal(wanted, sent).opened_at(at(now)) == (None if opened is None else at(opened))


@pytest.mark.parametrize(
    ("pair", "sent", "now", "may"),
    [
        ((1, 2), {}, 1, True),
        ((1, 2), {(2, 1): 1}, 2, True),  # the other has sent, and it is sealed
        ((1, 2), {(1, 2): 1}, 2, False),  # once
        ((1, 2), {(2, 1): 1}, 48, False),  # shown what was written about oneself
        ((2, 1), {(2, 1): 1}, 48, False),
        ((2, 1), {}, 90, True),  # nobody wrote, so nobody was shown anything
        ((1, 1), {}, 1, False),
        ((1, 9), {}, 1, False),
    ],
)
def test_each_writes_once_and_blind(pair: Pair, sent: dict[Pair, float], now: float, may: bool) -> None:
    assert seal(TWO, sent).may_send(pair, at(now)) is may


def test_one_of_a_panel_who_was_not_written_about_may_still_write() -> None:
    held = seal(PANEL, {(1, 2): 1})
    assert held.may_send((3, 1), at(50))
    assert not held.may_send((2, 1), at(50))


def test_sealed_for_two_days() -> None:
    assert timedelta(days=2) == SEALED_FOR

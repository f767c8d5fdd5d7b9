"""Whether time was kept: pure functions, as in checkers.py, over the histories of clients, whose clock is Postgres'."""

from __future__ import annotations

from collections.abc import Sequence

from tests.chaos.checkers import Kept, Violation
from tests.chaos.history import Entry, Kind, What

# Seconds that an answer may take on a busy machine before anybody would call it late, or early.
TOLERANCE = 1.0
# Milliseconds by which two people's clocks in one room may differ.
APART = 1000.0


def early_ends(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """Who drew before the deadline, while nobody had ended it, was not refused for lateness."""
    if kept.deadline_at is None or kept.ended_at != kept.deadline_at:
        return []
    return [
        Violation(
            "I6", f"{one.session}: {one.who} was refused {kept.deadline_at - one.at:.1f} s before the end"
        )
        for one in history
        if one.kind == Kind.FAIL
        and one.what in (What.EDIT, What.NOTE)
        and one.at < kept.deadline_at - TOLERANCE
    ]


def late_saves(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """What was first said after the deadline is not acknowledged, whatever the clock of who was asked."""
    if kept.deadline_at is None:
        return []
    begun: dict[tuple[str, What, str, tuple[int, int]], float] = {}
    found = []
    for one in history:
        if one.what not in (What.EDIT, What.NOTE):
            continue
        said = (one.who, one.what, one.key, one.rank)
        if one.kind == Kind.INVOKE:
            begun[said] = one.at
        elif one.kind == Kind.OK and (late := begun.get(said, 0) - kept.deadline_at) > TOLERANCE:
            found.append(
                Violation("I6", f"{one.session}: {one.who}'s {one.what} {late:.1f} s after the end stands")
            )
    return found


def recoveries(history: Sequence[Entry]) -> list[tuple[float, float | None]]:
    """For each fault that was undone while people drew: when, and after how many seconds an edit that was drawn since
    was acknowledged; None for never."""
    found = []
    for fault in history:
        if fault.what != What.FAULT or fault.kind != Kind.OK:
            continue
        since = [one for one in history if one.what == What.EDIT and one.at >= fault.at]
        drawn = {(one.who, one.key, one.rank) for one in since if one.kind == Kind.INVOKE}
        kept = [one.at for one in since if one.kind == Kind.OK and (one.who, one.key, one.rank) in drawn]
        if drawn:
            found.append((fault.at, min(kept) - fault.at if kept else None))
    return found


def slow_recoveries(history: Sequence[Entry], within: float) -> list[Violation]:
    """Edits are kept again so many seconds after a fault was undone."""
    return [
        Violation(
            "I8", f"{'nothing' if took is None else f'{took:.1f} s passed before anything'} was kept again"
        )
        for _, took in recoveries(history)
        if took is None or took > within
    ]


def deadlines(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """What the clock of a room shows is Postgres' time, so that two people see one deadline, to the second."""
    return [
        Violation(
            "I6", f"{one.session}: {one.who}'s clock was {one.key} ms ahead, or {one.detail} ms less or more"
        )
        for one in history
        if one.what == What.CLOCK and abs(float(one.key)) - float(one.detail) > APART / 2
    ]

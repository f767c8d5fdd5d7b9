"""An ended session at any second of it: the board, the notes and the phase as they were, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from interviews.models import Event, Session
from interviews.queries.clock import clock_of
from interviews.queries.notes_then import notes_then
from interviews.rules.clock import Phase
from whiteboard.queries import timeline_of
from whiteboard.rules import Element


@dataclass(frozen=True, slots=True)
class Happened:
    """One event that everybody in the session may know; `second` since the start, `who` may be empty."""

    second: int
    kind: str
    who: str


@dataclass(frozen=True, slots=True)
class Then:
    """`second` is what was asked for, held within 0 to `duration`: seconds since the start, pauses counted.
    `phases` are those that began, (second, name)."""

    second: int
    duration: int
    elements: tuple[Element, ...]
    notes: dict[str, str]
    phase: Phase | None
    phases: tuple[tuple[int, str], ...]
    happened: tuple[Happened, ...]


def replay(session: Session, second: int) -> Then | None:
    """The session at a second; None if it never began or has not ended. replay.Damaged if its log is."""
    start, end = session.started_at, session.ended_at
    if start is None or end is None:
        return None
    # Rounded up, so that the last second holds all that was written.
    duration = max(ceil((end - start).total_seconds()), 0)
    second = min(max(second, 0), duration)
    moment = start + timedelta(seconds=second)
    events = list(Event.objects.filter(session=session, at__gte=start).select_related("seat__user"))
    drawn = timeline_of(session.board).at(moment).values()
    return Then(
        second=second,
        duration=duration,
        elements=tuple(element for element in drawn if not element.get("isDeleted")),
        notes=notes_then(session, moment),
        phase=_phase(session, events, moment),
        phases=tuple(
            (began, phase.name)
            for phase in clock_of(session).phases
            if (began := _began(phase, events, start)) < max(duration, 1)
        ),
        happened=tuple(
            Happened(
                min(int((event.at - start).total_seconds()), duration),
                event.kind,
                str(event.seat.user) if event.seat else "",
            )
            for event in events
        ),
    )


def _phase(session: Session, events: Sequence[Event], moment: datetime) -> Phase | None:
    """The phase by the clock as it stood: the pauses up to then are taken from the log."""
    paused_at, paused = None, 0.0
    for event in events:
        if event.at > moment:
            break
        if event.kind == "paused":
            paused_at = event.at
        elif event.kind == "resumed" and paused_at:
            paused, paused_at = paused + (event.at - paused_at).total_seconds(), None
    then = replace(clock_of(session), paused_at=paused_at, paused_seconds=paused, ended_at=None)
    return then.at(moment).phase


def _began(phase: Phase, events: Sequence[Event], start: datetime) -> int:
    """The second at which the phase began: its start in running time, later by each pause before it."""
    began, paused_at = phase.start, 0.0
    for event in events:
        at = (event.at - start).total_seconds()
        if event.kind == "paused":
            paused_at = at
        elif event.kind == "resumed" and paused_at <= began:
            began += at - paused_at
    return ceil(began)

"""Who leads which steps, where two interviewers share them."""

from __future__ import annotations

from dataclasses import dataclass

from interviews.models import Assignment, Role, Seat, Session
from interviews.rules import panel


@dataclass(frozen=True, slots=True)
class Led:
    """A part of a panel's interview: "A" or "B", who leads it ("" while the seat is free), and its steps' names."""

    part: str
    letter: str
    name: str
    steps: tuple[str, ...]
    minutes: float


def leading(session: Session) -> tuple[Led, ...]:
    """The parts of a panel, the first one first; none where one person interviews."""
    if not session.panel:
        return ()
    seated = session.seats.filter(role=Role.INTERVIEWER, left_at=None).select_related("user")
    names = {seat.part: str(seat.user) for seat in seated}
    steps = {step["id"]: step for step in session.plan}
    return tuple(
        Led(
            part,
            panel.letter_of(part),
            names.get(part, ""),
            tuple(str(steps[id]["name"]) for id in ids),
            sum(float(steps[id]["minutes"]) for id in ids),
        )
        for part, ids in panel.split(steps, session.framework).items()
    )


def absent_from(session: Session) -> Seat | None:
    """The interviewer of a panel who has not opened the room that a group's assignment gave them, while the other one
    has; nobody where people took their seats themselves."""
    if not session.panel or not Assignment.objects.filter(session=session).exists():
        return None
    both = list(session.seats.filter(role=Role.INTERVIEWER, left_at=None).select_related("user"))
    absent = [seat for seat in both if seat.came_at is None]
    return absent[0] if len(both) == 2 and len(absent) == 1 else None

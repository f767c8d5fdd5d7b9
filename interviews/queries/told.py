"""What the interviewer has put before everybody: hints and changed constraints, and the facts with them."""

from __future__ import annotations

from dataclasses import dataclass

from interviews.models import Event, Session
from interviews.queries.facts import GIVEN, Fact, fact_of

HINTED = "hint_given"
FLIPPED = "flipped"


@dataclass(frozen=True, slots=True)
class Told:
    """A hint (`step` and `grade` from 1 say which) or a changed constraint. `second` counts from the session's start,
    pauses too; `id` is the event's."""

    id: int
    kind: str
    text: str
    second: int
    step: str = ""
    grade: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What was put before everybody, each in its order."""

    facts: list[Fact]
    told: list[Told]


def newest(found: list[Told]) -> list[Told]:
    """The last of each kind, the changed constraint first: what is announced across the room."""
    last = {one.kind: one for one in found}
    return [last[kind] for kind in (FLIPPED, HINTED) if kind in last]


def told(session: Session, *kinds: str) -> list[Told]:
    """In the order in which it was told."""
    log = Event.objects.filter(session=session, kind__in=kinds or (HINTED, FLIPPED)).order_by("pk")
    return [_told(event, session) for event in log]


def said(session: Session) -> Said:
    """All of it, in one query."""
    log = list(Event.objects.filter(session=session, kind__in=(HINTED, FLIPPED, GIVEN)).order_by("pk"))
    return Said(
        [fact_of(event, session) for event in log if event.kind == GIVEN],
        [_told(event, session) for event in log if event.kind != GIVEN],
    )


def _told(event: Event, session: Session) -> Told:
    start = session.started_at
    return Told(
        event.pk,
        event.kind,
        event.data["text"],
        int((event.at - start).total_seconds()) if start else 0,
        event.data.get("step", ""),
        event.data.get("grade", 0),
    )

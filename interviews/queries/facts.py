"""The facts that the candidate has obtained."""

from __future__ import annotations

from dataclasses import dataclass

from interviews.models import Event, Session

GIVEN = "fact_given"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the case that was given: `number` is its place in the guide from 1, `second` counts from the session's
    start, pauses too."""

    number: int
    ask: str
    answer: str
    second: int


def obtained(session: Session) -> list[Fact]:
    """What was given, in the order in which it was given."""
    return [fact_of(event, session) for event in Event.objects.filter(session=session, kind=GIVEN)]


def fact_of(event: Event, session: Session) -> Fact:
    """The fact that this event of kind GIVEN told."""
    data, start = event.data, session.started_at
    second = int((event.at - start).total_seconds()) if start else 0
    return Fact(data["number"], data["ask"], data["answer"], second)

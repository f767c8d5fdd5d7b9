"""What the rules know of a session that somebody practises alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casebank import checklist
from casebank.access import guide_of
from interviews.models import Event, Seat, Session
from interviews.queries.system import reading_for
from interviews.rules.enquiry import Known, best
from interviews.rules.next_case import LEVELS
from interviews.rules.probing import Probe, Question, next_question

ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked; `second` counts from the session's start, pauses too."""

    key: str
    text: str
    source: str
    second: int


def asked(session: Session) -> list[Asked]:
    """What was asked so far, the newest first."""
    start = session.started_at
    log = Event.objects.filter(session=session, kind=ASKED).order_by("-pk").values_list("at", "data")
    return [
        Asked(data["key"], data["text"], data["source"], int((at - start).total_seconds()) if start else 0)
        for at, data in log
    ]


def fact_for(session: Session, question: str) -> int | None:
    """The number, from 1, of the fact that answers a question; None where the guide has none."""
    facts = [
        Known(str(fact["ask"]), str(fact["answer"]))
        for fact in guide_of(session.case_version).get("facts", ())
    ]
    at = best(question, facts)
    return None if at is None else at + 1


def question_for(seat: Seat) -> Question | None:
    """What the rules ask this seat next."""
    session = seat.session
    guide = guide_of(session.case_version)
    reading = reading_for(seat)
    return next_question(
        asked={one.key for one in asked(session)},
        notes=dict(session.notes.values_list("step", "text")),
        points=_points(guide),
        ladder=_ladder(guide, session.level),
        findings=[(finding.check, finding.says) for finding in reading.open],
    )


def _points(guide: dict[str, Any]) -> list[Probe]:
    notes = guide.get("items", {})
    return [
        Probe(id, text, f"{text} {notes.get(id, {}).get('earns_2', '')}")
        for id, text in checklist.texts().items()
    ]


def _ladder(guide: dict[str, Any], level: str) -> list[Probe]:
    """From the easiest level up to that of the session."""
    ladders = guide.get("ladders", {})
    levels = LEVELS[: LEVELS.index(level) + 1] if level in LEVELS else LEVELS
    return [
        Probe(f"{name}.{number}", str(probe["ask"]), str(probe["listen_for"]))
        for name in levels
        for number, probe in enumerate(ladders.get(name, ()), 1)
    ]

"""How a candidate came to the probes of the guide, for interviewers only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviews.models import PrivateEvent, Seat, Session

MARKED = "probe_marked"
# {what is stored: what it means}; each begins with the key that gives it.
MARKS = {
    "unprompted": "said it without being asked",
    "prompted": "answered when asked",
    "rescued": "answered after help",
    "missed": "had no answer",
}


@dataclass(frozen=True, slots=True)
class ProbeMark:
    mark: str
    at: datetime


def marks_of(session: Session, *, by: Seat | None = None) -> dict[tuple[str, int], ProbeMark]:
    """The last mark of each probe, by level and number; of those that `by` gave, where it is said."""
    log = PrivateEvent.objects.filter(session=session, kind=MARKED).order_by("pk")
    if by:
        log = log.filter(seat=by)
    return {
        (data["level"], data["number"]): ProbeMark(data["mark"], at)
        for at, data in log.values_list("at", "data")
    }

"""An interviewer's sheet as a report shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from interviews.models import Role, Seat, Submission
from interviews.queries.feedback import is_revealed
from interviews.queries.marks import Opinion, histories, sent_sheet
from interviews.rules import seats


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """The interviewer's sheet: who, how many points are marked, the verdict 1-4 if there is one, and whether it was
    sent (`sent_at`) and has changed since."""

    name: str
    marks: dict[str, Opinion]
    sent_at: datetime | None = None
    changed_since: bool = False
    history: dict[str, tuple[Opinion, ...]] = field(default_factory=dict)

    @property
    def verdict(self) -> Opinion | None:
        return self.marks.get("")

    @property
    def count(self) -> int:
        return len(self.marks) - ("" in self.marks)


def people_of(seat: Seat, submission: Submission, now: datetime) -> PeopleReport | None:
    """The interviewer's sheet as this seat may see it: only its author reads marks that are not revealed, and who
    watched reads none."""
    if seats.marks_the_sheet(seat.role):
        history = histories(submission, seat.user_id)
        if not history:
            return None
        marks = {item: opinions[0] for item, opinions in history.items()}
        given = sent_sheet(submission, rater=seat.user_id)
        sent = given.at if given else None
        changed = sent is not None and any(mark.at > sent for mark in marks.values())
        return PeopleReport(str(seat.user), marks, sent, changed, history)
    if seat.role != Role.CANDIDATE or not is_revealed(seat.session, now):
        return None
    given = sent_sheet(submission)
    return PeopleReport(given.name, given.marks, given.at) if given else None

"""An interviewer's sheet as a report shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from interviews.models import ScoreSheet, Seat, Submission
from interviews.queries.marks import Opinion, histories, sent_sheets
from interviews.rules import seats
from interviews.rules.panel import letter_of

# Nobody is told who a second rater is.
SECOND = "Second rater"


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """The interviewer's sheet: who, how many points are marked, the verdict 1-4 if there is one, and whether it was
    sent (`sent_at`) and has changed since. `led` is the part of a panel, "A" or "B". A second rater's (`source`) has no
    name. `rater` is the account of whose sheet somebody else is shown, for the audit log."""

    name: str
    marks: dict[str, Opinion]
    sent_at: datetime | None = None
    changed_since: bool = False
    history: dict[str, tuple[Opinion, ...]] = field(default_factory=dict)
    led: str = ""
    source: str = ScoreSheet.Source.INTERVIEWER
    rater: int | None = None

    @property
    def verdict(self) -> Opinion | None:
        return self.marks.get("")

    @property
    def count(self) -> int:
        return len(self.marks) - ("" in self.marks)


def people_of(
    seat: Seat, submission: Submission, *, revealed: bool
) -> tuple[PeopleReport | None, tuple[PeopleReport, ...]]:
    """The interviewer's sheet as this seat may see it, and those of a panel's others. Only its author reads a sheet
    that is not `revealed` to this seat (queries.feedback.revealed_to), so that each judges for themselves."""
    given = sent_sheets(submission)
    told: tuple[PeopleReport, ...] = ()
    if revealed:
        told = tuple(
            PeopleReport(one.name, one.marks, one.at, led=letter_of(one.part), rater=one.rater)
            for one in given
            if one.rater != seat.user_id
        )
    if not seats.marks_the_sheet(seat.role):
        return (told[0], told[1:]) if told else (None, ())
    history = histories(submission.session, seat.user_id)
    if not history:
        return None, told
    marks = {item: opinions[0] for item, opinions in history.items()}
    sent = next((one.at for one in given if one.rater == seat.user_id), None)
    changed = sent is not None and any(mark.at > sent for mark in marks.values())
    return PeopleReport(str(seat.user), marks, sent, changed, history, letter_of(seat.part)), told


def second_of(submission: Submission) -> PeopleReport | None:
    """The second rater's sealed sheet, without their name; whether a seat sees it is for the report to say."""
    sheets = submission.sheets.filter(source=ScoreSheet.Source.SECOND, sealed_at__isnull=False)
    sheet = sheets.prefetch_related("items").order_by("sealed_at").first()
    if sheet is None:
        return None
    at = sheet.sealed_at or sheet.created_at
    marks = {row.item: Opinion(row.level, None, "", at) for row in sheet.items.all()}
    if sheet.overall:
        marks[""] = Opinion(sheet.overall, None, "", at)
    return PeopleReport(SECOND, marks, at, source=ScoreSheet.Source.SECOND)

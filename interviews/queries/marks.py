"""What people said of a submission: an interviewer's own marks, and the sheet that they sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from interviews.models import Mark, PrivateEvent, Role, ScoreSheet, Seat, Session, Submission

SEALED = "marks_sealed"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A person's level of one item 0-3, or their verdict 1-4; `automatic` is the level that they saw beside it, in the
    sheet with the id `beside`."""

    level: int
    automatic: int | None
    reason: str
    at: datetime
    beside: int | None = None

    @property
    def confirms(self) -> bool:
        return self.level == self.automatic


@dataclass(frozen=True, slots=True)
class SentSheet:
    """An interviewer's sheet as it was sent; the verdict has the key "". `part` is the one that they led in a panel."""

    name: str
    rater: int | None
    part: str
    marks: dict[str, Opinion]
    at: datetime


def sealed_seat() -> Q | Exists:
    """For a query of seats: whether its holder has closed their own marks. From then on they may see the automatic
    ones. Who has marked beside an automatic level has seen it."""
    said = PrivateEvent.objects.filter(session=OuterRef("session"), seat=OuterRef("pk"), kind=SEALED)
    saw = Mark.objects.filter(
        session=OuterRef("session"), rater=OuterRef("user"), automatic_level__isnull=False
    )
    return Exists(said) | Exists(saw)


def is_sealed(seat: Seat) -> bool:
    """Whether this interviewer has closed their own marks."""
    return Seat.objects.filter(sealed_seat(), pk=seat.pk).exists()


def second_of(at: datetime, session: Session) -> int | None:
    """When in the interview this was, in whole seconds since its start, pauses counted; None before and after it."""
    start, end = session.started_at, session.ended_at
    if start is None or at < start or (end is not None and at > end):
        return None
    return int((at - start).total_seconds())


def histories(session: Session, user_id: int) -> dict[str, tuple[Opinion, ...]]:
    """All marks of this person by item, the newest first, the verdict under ""; only for that person's eyes."""
    found: dict[str, list[Opinion]] = {}
    for mark in Mark.objects.filter(session=session, rater_id=user_id).order_by("-at", "-pk"):
        found.setdefault(mark.item, []).append(
            Opinion(mark.level, mark.automatic_level, mark.reason, mark.at, mark.beside_id)
        )
    return {item: tuple(opinions) for item, opinions in found.items()}


def own_marks(session: Session, user_id: int) -> dict[str, Opinion]:
    """The newest mark of this person for each item, the verdict under ""; only for that person's eyes."""
    return {item: opinions[0] for item, opinions in histories(session, user_id).items()}


def sent_sheets(submission: Submission) -> tuple[SentSheet, ...]:
    """The sheet that each interviewer sent, by their parts; never blended. They are sealed: whoever shows one to
    somebody else asks queries.feedback.revealed_to first."""
    sheets = (
        submission.sheets.filter(source=ScoreSheet.Source.INTERVIEWER, sealed_at__isnull=False)
        .select_related("rater")
        .prefetch_related("items")
        .order_by("sealed_at", "pk")
    )
    newest = {sheet.rater_id: sheet for sheet in sheets}
    seats = Seat.objects.filter(session=submission.session_id, role=Role.INTERVIEWER)
    parts = dict(seats.values_list("user_id", "part"))
    found = [_as_given(sheet, parts.get(rater or 0, "")) for rater, sheet in newest.items()]
    return tuple(sorted(found, key=lambda one: one.part))


def _as_given(sheet: ScoreSheet, part: str) -> SentSheet:
    told = sheet.arithmetic
    at = sheet.sealed_at or sheet.created_at
    marks = {
        row.item: Opinion(row.level, told["automatic"].get(row.item), told["reasons"].get(row.item, ""), at)
        for row in sheet.items.all()
    }
    if sheet.overall:
        marks[""] = Opinion(sheet.overall, told["automatic"].get(""), told["reasons"].get("", ""), at)
    name = str(sheet.rater) if sheet.rater else "The interviewer"
    return SentSheet(name, sheet.rater_id, part, marks, at)

"""What people said of a submission: an interviewer's own marks, and the sheet that they sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviews.models import Mark, ScoreSheet, Submission


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
    """An interviewer's sheet as it was sent; the verdict has the key ""."""

    name: str
    marks: dict[str, Opinion]
    at: datetime


def histories(submission: Submission, user_id: int) -> dict[str, tuple[Opinion, ...]]:
    """All marks of this person by item, the newest first, the verdict under ""; only for that person's eyes."""
    found: dict[str, list[Opinion]] = {}
    for mark in Mark.objects.filter(submission=submission, rater_id=user_id).order_by("-at", "-pk"):
        found.setdefault(mark.item, []).append(
            Opinion(mark.level, mark.automatic_level, mark.reason, mark.at, mark.beside_id)
        )
    return {item: tuple(opinions) for item, opinions in found.items()}


def own_marks(submission: Submission, user_id: int) -> dict[str, Opinion]:
    """The newest mark of this person for each item, the verdict under ""; only for that person's eyes."""
    return {item: opinions[0] for item, opinions in histories(submission, user_id).items()}


def sent_sheet(submission: Submission, *, rater: int | None = None) -> SentSheet | None:
    """The newest sheet that an interviewer (`rater`, a user's id; any if None) sent; None before that. It is sealed:
    whoever shows it to somebody else asks queries.feedback.is_revealed first."""
    sent = submission.sheets.filter(source=ScoreSheet.Source.INTERVIEWER, sealed_at__isnull=False)
    sheet = (
        (sent if rater is None else sent.filter(rater_id=rater))
        .select_related("rater")
        .prefetch_related("items")
        .order_by("-sealed_at", "-pk")
        .first()
    )
    if sheet is None or sheet.sealed_at is None:
        return None
    told = sheet.arithmetic
    at = sheet.sealed_at
    marks = {
        row.item: Opinion(row.level, told["automatic"].get(row.item), told["reasons"].get(row.item, ""), at)
        for row in sheet.items.all()
    }
    if sheet.overall:
        marks[""] = Opinion(sheet.overall, told["automatic"].get(""), told["reasons"].get("", ""), at)
    return SentSheet(str(sheet.rater) if sheet.rater else "The interviewer", marks, at)

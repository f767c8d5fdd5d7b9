"""Disputes of a session: which levels a candidate may dispute, and which disputes a seat sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser

from casebank import checklist
from interviews.models import Dispute, Mode, Role, ScoreSheet, Seat
from interviews.queries.feedback import revealed_to
from interviews.queries.marks import is_sealed
from interviews.queries.report import Report, newest_sheet
from interviews.rules import dispute as rules

Source = ScoreSheet.Source
MOST = 20


@dataclass(frozen=True, slots=True)
class Disputable:
    """A level of one item that a candidate may dispute: who gave it, on which sheet."""

    sheet: ScoreSheet
    name: str
    level: int


def is_open(seat: Seat, found: Report) -> bool:
    """Whether this seat may dispute levels of this report: the candidate's, once all of it is revealed. Alone there is
    nothing to reveal."""
    shown = found.feedback is not None or seat.session.mode == Mode.SOLO
    return seat.role == Role.CANDIDATE and found.submission is not None and not found.rate_first and shown


def disputable(seat: Seat, found: Report, item: str) -> list[Disputable]:
    """The levels of this item that may still be disputed, of the sheets that the report shows to this seat."""
    if found.submission is None or not is_open(seat, found) or item not in checklist.texts():
        return []
    rows = list(Dispute.objects.filter(seat=seat, item=item).values_list("source", "sheet"))
    disputed = {sheet for _, sheet in rows}
    offered: list[Disputable] = []
    sheet = newest_sheet(found.submission, Source.AUTOMATIC)
    if sheet and Source.AUTOMATIC not in {source for source, _ in rows}:
        level = next((row.level for row in sheet.items.all() if row.item == item), 0)
        offered.append(Disputable(sheet, "The automatic scorer", level))
    given = found.submission.sheets.filter(source=Source.INTERVIEWER, sealed_at__isnull=False)
    for one in given.exclude(pk__in=disputed).select_related("rater").prefetch_related("items"):
        said = next((row.level for row in one.items.all() if row.item == item), None)
        if said is not None:
            offered.append(Disputable(one, str(one.rater) if one.rater else "The interviewer", said))
    return offered


def left_to_dispute(
    seat: Seat, found: Report, disputes: Mapping[str, tuple[Dispute, ...]]
) -> dict[str, tuple[str, ...]]:
    """{item: whose levels of it may still be disputed}, what `disputable` says of one item for all of this report.
    `disputes` is what `disputes_in` shows of it."""
    if not is_open(seat, found):
        return {}
    given = [one for one in (found.people, *found.others) if one]
    told = {}
    for item in checklist.texts():
        rows = disputes.get(item, ())
        answered = {row.sheet.rater_id for row in rows if row.source == Source.INTERVIEWER}
        scorer = found.sheet and all(row.source != Source.AUTOMATIC for row in rows)
        people = [one.name for one in given if item in one.marks and one.rater not in answered]
        told[item] = (*(["the scorer"] if scorer else []), *people)
    return told


def disputes_in(seat: Seat, found: Report) -> dict[str, tuple[Dispute, ...]]:
    """{item: its disputes} as this seat may see them, with their answers. To an interviewer only once the seal is open
    for them: who can still send a sheet judges without the candidate's words."""
    is_shown = seat.role == Role.CANDIDATE or (seat.role == Role.INTERVIEWER and found.feedback is not None)
    if found.submission is None or found.rate_first or found.withheld or not is_shown:
        return {}
    rows = Dispute.objects.filter(seat__session=seat.session_id).select_related(
        "sheet__rater", "seat__user", "answer__by__user"
    )
    told: dict[str, tuple[Dispute, ...]] = {}
    for row in rows.order_by("at", "pk"):
        told[row.item] = (*told.get(row.item, ()), row)
    return told


def awaits(seat: Seat, row: Dispute) -> bool:
    """Whether this seat is to answer this dispute, which `disputes_in` shows it."""
    return not hasattr(row, "answer") and rules.may_answer(
        row.source, is_own=row.sheet.rater_id == seat.user_id, interviews=seat.role == Role.INTERVIEWER
    )


def waiting_for(user: AbstractBaseUser, now: datetime) -> list[Dispute]:
    """The disputes, at most MOST, that this person is to answer as an interviewer, the oldest first."""
    rows = Dispute.objects.filter(
        answer=None,
        seat__session__seats__in=Seat.objects.filter(user_id=user.pk, role=Role.INTERVIEWER, left_at=None),
    ).select_related("sheet", "seat__user", "seat__session__case_version__case")
    shown: dict[UUID, Seat | None] = {}
    told = []
    for row in rows.order_by("at", "pk")[:MOST]:
        session = row.seat.session
        if session.pk not in shown:
            seat = session.seats.select_related("session", "user").get(user_id=user.pk)
            shown[session.pk] = seat if revealed_to(seat, now) and is_sealed(seat) else None
        mine = shown[session.pk]
        if mine and awaits(mine, row):
            told.append(row)
    return told

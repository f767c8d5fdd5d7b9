"""An interviewer's marks: ticked while the session runs, sealed, then confirmed or changed beside the automatic levels,
and made into a sheet for the feedback."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from casebank import checklist
from interviews.actions.facts import running
from interviews.actions.record import log_private
from interviews.errors import Refused
from interviews.models import ItemScore, Mark, ScoreSheet, Seat, Session, State, Submission
from interviews.queries.marks import SEALED, Opinion, is_sealed, own_marks, second_of
from interviews.rules import seats

MOST_MARKS = 2000
VERDICT = ""
LONGEST_REASON = 500


@transaction.atomic
def tick(*, seat: Seat, item: str, level: int, now: datetime) -> Mark | None:
    """Give an item its level 0-3 while the session runs, by ear and without a reason. The same tick twice is one; None
    then. Raises Refused: forbidden (403), not_running (409), no_such_item or no_such_level (422), too_many (429)."""
    if not seats.marks_the_sheet(seat.role):
        raise Refused("forbidden", "Only the interviewer marks here.", status=403)
    session = running(seat.session, now)
    if item == VERDICT:
        raise Refused("no_such_item", "A verdict is given after the end. Nothing was saved.", status=422)
    _possible(item, level)
    last = own_marks(session, seat.user_id).get(item)
    return None if last and last.level == level else _add(seat, item, level, now)


@transaction.atomic
def seal(*, seat: Seat, now: datetime) -> None:
    """Close this interviewer's own marks: from now on the automatic levels stand beside them. Sealing twice changes
    nothing; marks may still be changed, and each change is kept."""
    _submission(seat)
    _hold(seat.session)
    if not is_sealed(seat):
        log_private(seat.session, SEALED, by=seat, now=now, marks=len(own_marks(seat.session, seat.user_id)))


def mark(*, seat: Seat, item: str, level: int, sheet: int | None, reason: str, now: datetime) -> Mark | None:
    """After the end, give an item its level 0-3, or (`item` empty) the session its verdict 1-4. `sheet` is the
    automatic sheet that was in view (its id), none before the marks are sealed; `reason` is needed where the level
    differs from it, and for a verdict without one. The same mark twice is one; None then.

    Raises Refused (no_reason where only that is missing).
    """
    submission = _submission(seat)
    _possible(item, level)
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise Refused(
            "too_long", f"A reason has at most {LONGEST_REASON} characters. Nothing was saved.", status=422
        )
    with transaction.atomic():
        _hold(seat.session)
        sealed = is_sealed(seat)
        beside = (
            submission.sheets.filter(pk=sheet, source=ScoreSheet.Source.AUTOMATIC).first()
            if sheet and sealed
            else None
        )
        automatic = _level_of(beside, item)
        # By ear one needs no reason; once the automatic levels can be seen, one says why one leaves them.
        excused = automatic is None and item != VERDICT and (level == 0 or not sealed)
        if not reason and level != automatic and not excused:
            raise Refused(
                "no_reason", "A level that differs needs a reason. Nothing was saved yet.", status=422
            )
        last = own_marks(seat.session, seat.user_id).get(item)
        if last and (last.level, last.automatic, last.reason) == (level, automatic, reason):
            return None
        return _add(seat, item, level, now, beside=beside, automatic_level=automatic, reason=reason)


def confirm(*, seat: Seat, items: list[str], sheet: int, now: datetime) -> int:
    """Confirm the automatic level of each of these items that this interviewer has not marked; returns how many."""
    submission = _submission(seat)
    beside = submission.sheets.filter(pk=sheet, source=ScoreSheet.Source.AUTOMATIC).first()
    if beside is None:
        raise Refused("no_sheet", "There is no automatic sheet to confirm. Nothing was saved.", status=422)
    if not is_sealed(seat):
        raise Refused(
            "not_sealed", "Seal your own marks first; then confirm what you left. Nothing was saved."
        )
    known = {item.id for item in checklist.load().items}
    with transaction.atomic():
        _hold(seat.session)
        marked = own_marks(seat.session, seat.user_id)
        fresh = [
            Mark(
                session=seat.session,
                rater_id=seat.user_id,
                item=item,
                level=level,
                beside=beside,
                automatic_level=level,
                at=now,
            )
            for item in dict.fromkeys(items)
            if item in known and item not in marked and (level := _level_of(beside, item)) is not None
        ]
        Mark.objects.bulk_create(fresh)
    return len(fresh)


def has_verdict(seat: Seat) -> bool:
    """Whether this interviewer has given the session their verdict."""
    return VERDICT in own_marks(seat.session, seat.user_id)


def sheet_of(*, seat: Seat, now: datetime) -> ScoreSheet:
    """The interviewer's sheet as their marks stand, for their feedback (actions.feedback.send), which decides when it
    is shown. Marks that were not sealed are now; what changes later stays private. Raises Refused without a verdict."""
    submission = _submission(seat)
    with transaction.atomic():
        seal(seat=seat, now=now)
        marks = own_marks(seat.session, seat.user_id)
        if VERDICT not in marks:
            raise Refused("no_verdict", "Give your verdict first; then send the sheet.", status=422)
        sheet = ScoreSheet.objects.create(
            submission=submission,
            source=ScoreSheet.Source.INTERVIEWER,
            rater_id=seat.user_id,
            overall=marks[VERDICT].level,
            arithmetic={
                "automatic": {
                    item: one.automatic for item, one in marks.items() if one.automatic is not None
                },
                "reasons": {item: one.reason for item, one in marks.items() if one.reason},
            },
            created_at=now,
            sealed_at=now,
        )
        evidence = _evidence(marks)
        ItemScore.objects.bulk_create(
            ItemScore(
                sheet=sheet,
                item=item,
                level=one.level,
                evidence=_told(one, evidence.get(item, []), seat.session),
            )
            for item, one in marks.items()
            if item != VERDICT
        )
    return sheet


def _hold(session: Session) -> None:
    """Whoever marks, seals or makes a sheet holds the session, until the transaction ends."""
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)


def _add(seat: Seat, item: str, level: int, now: datetime, **beside: Any) -> Mark:
    mine = Mark.objects.filter(session=seat.session_id, rater_id=seat.user_id)
    if mine.count() >= MOST_MARKS:
        raise Refused("too_many", "These points were marked too often. What was saved stays.", status=429)
    return Mark.objects.create(
        session=seat.session, rater_id=seat.user_id, item=item, level=level, at=now, **beside
    )


def _submission(seat: Seat) -> Submission:
    submission = Submission.objects.filter(session=seat.session).first()
    if submission is None or seat.session.state != State.ENDED:
        raise Refused("not_handed_in", "Nothing was handed in yet, so there is nothing to mark.")
    return submission


def _possible(item: str, level: int) -> None:
    if item != VERDICT and item not in {one.id for one in checklist.load().items}:
        raise Refused("no_such_item", "The checklist has no such point. Nothing was saved.", status=422)
    if not (1 <= level <= 4 if item == VERDICT else 0 <= level <= 3):
        raise Refused("no_such_level", "There is no such level. Nothing was saved.", status=422)


def _level_of(sheet: ScoreSheet | None, item: str) -> int | None:
    """What the automatic sheet says; an item that it does not name was not shown."""
    if sheet is None:
        return None
    if item == VERDICT:
        return sheet.overall
    row = sheet.items.filter(item=item).first()
    return row.level if row else 0


def _evidence(marks: Mapping[str, Opinion]) -> dict[str, list[dict[str, Any]]]:
    """What the automatic sheet that each mark was given beside quoted for its item."""
    rows = ItemScore.objects.filter(sheet_id__in={one.beside for one in marks.values() if one.beside})
    return {
        row.item: row.evidence for row in rows if row.item in marks and marks[row.item].beside == row.sheet_id
    }


def _told(one: Opinion, quoted: list[dict[str, Any]], session: Session) -> list[dict[str, Any]]:
    """The evidence of a person's level: what they saw quoted, and their reason; by ear, when they heard it."""
    if one.level == 0:
        return []
    if one.reason:
        return [*quoted, {"where": "reason", "quote": one.reason}]
    return quoted or [{"where": "heard", "quote": _heard(one.at, session)}]


def _heard(at: datetime, session: Session) -> str:
    second = second_of(at, session)
    if second is None:
        return "Marked after the interview, before the automatic sheet was seen"
    return f"Heard in the interview, {second // 60}:{second % 60:02} after its start"

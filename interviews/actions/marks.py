"""An interviewer's marks: confirm or change the automatic levels, and make a sheet of them for the feedback."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from casebank import checklist
from interviews.errors import Refused
from interviews.models import ItemScore, Mark, ScoreSheet, Seat, State, Submission
from interviews.queries.marks import Opinion, own_marks

MOST_MARKS = 2000
VERDICT = ""
LONGEST_REASON = 500


def mark(*, seat: Seat, item: str, level: int, sheet: int | None, reason: str, now: datetime) -> Mark | None:
    """Give an item its level 0-3, or (`item` empty) the session its verdict 1-4. `sheet` is the automatic sheet that
    was in view (its id), `reason` is needed where the level differs from it. The same mark twice is one; None then.

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
        _hold(submission)
        beside = (
            submission.sheets.filter(pk=sheet, source=ScoreSheet.Source.AUTOMATIC).first() if sheet else None
        )
        automatic = _level_of(beside, item)
        if not reason and level != automatic and not (automatic is None and item and level == 0):
            raise Refused(
                "no_reason", "A level that differs needs a reason. Nothing was saved yet.", status=422
            )
        last = own_marks(submission, seat.user_id).get(item)
        if last and (last.level, last.automatic, last.reason) == (level, automatic, reason):
            return None
        if Mark.objects.filter(submission=submission, rater_id=seat.user_id).count() >= MOST_MARKS:
            raise Refused("too_many", "These points were marked too often. What was saved stays.", status=429)
        return Mark.objects.create(
            submission=submission,
            rater_id=seat.user_id,
            item=item,
            level=level,
            beside=beside,
            automatic_level=automatic,
            reason=reason,
            at=now,
        )


def confirm(*, seat: Seat, items: list[str], sheet: int, now: datetime) -> int:
    """Confirm the automatic level of each of these items that this interviewer has not marked; returns how many."""
    submission = _submission(seat)
    beside = submission.sheets.filter(pk=sheet, source=ScoreSheet.Source.AUTOMATIC).first()
    if beside is None:
        raise Refused("no_sheet", "There is no automatic sheet to confirm. Nothing was saved.", status=422)
    known = {item.id for item in checklist.load().items}
    with transaction.atomic():
        _hold(submission)
        marked = own_marks(submission, seat.user_id)
        fresh = [
            Mark(
                submission=submission,
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
    return VERDICT in own_marks(_submission(seat), seat.user_id)


def seal(*, seat: Seat, now: datetime) -> ScoreSheet:
    """The interviewer's sheet as their marks stand, for their feedback (actions.feedback.send), which decides when it
    is shown. Marks that change later stay private. Raises Refused without a verdict."""
    submission = _submission(seat)
    with transaction.atomic():
        _hold(submission)
        marks = own_marks(submission, seat.user_id)
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
            ItemScore(sheet=sheet, item=item, level=one.level, evidence=_told(one, evidence.get(item, [])))
            for item, one in marks.items()
            if item != VERDICT
        )
    return sheet


def _hold(submission: Submission) -> None:
    """Whoever marks or seals a sheet holds its submission, until the transaction ends."""
    Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)


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


def _told(one: Opinion, quoted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The evidence of a person's level: what they saw quoted, and their reason."""
    if one.level == 0:
        return []
    return [*quoted, *([{"where": "reason", "quote": one.reason}] if one.reason else [])]

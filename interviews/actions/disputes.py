"""Disputing a level, and answering that, once each. Neither changes the level."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank import checklist
from casebank.limits import Limit
from interviews.actions.letters import write
from interviews.errors import Refused
from interviews.models import Dispute, DisputeAnswer, Role, Seat, Session
from interviews.queries.disputes import awaits, disputable, disputes_in, is_open
from interviews.queries.report import report
from interviews.rules import dispute as rules

DISPUTE = Limit("dispute", 30, 3_600, besides="Your words are still in the form.")


@transaction.atomic
def file(*, seat: Seat, item: str, sheet: int, reason: str, now: datetime) -> Dispute:
    """The candidate does not agree with the level that `sheet` (its id) gives to `item`; the interviewer is told by
    mail. Refused where it is sealed still, was disputed before, or there is no such level."""
    _hold(seat)
    found = report(seat, now=now)
    if not is_open(seat, found):
        raise Refused("sealed", "Levels can be disputed once all that was written is shown.")
    said = _words(reason)
    level = next((one for one in disputable(seat, found, item) if one.sheet.pk == sheet), None)
    if level is None:
        if item in checklist.texts() and Dispute.objects.filter(seat=seat, item=item, sheet=sheet).exists():
            raise Refused("disputed", "You have disputed this level already. It stays as you wrote it.")
        raise Refused("no_level", "There is no such level to dispute.", status=404)
    made = Dispute.objects.create(
        seat=seat,
        sheet=level.sheet,
        source=level.sheet.source,
        item=item,
        level=level.level,
        reason=said,
        at=now,
    )
    for other in seat.session.seats.filter(role=Role.INTERVIEWER, left_at=None).select_related("user"):
        if awaits(other, made):
            write(
                other.user,
                "A level of an interview that you held is disputed",
                "interviews/disputes/mail/disputed.txt",
                ("interviews:dispute", seat.session_id, item),
                key=f"dispute:{made.pk}:{other.user_id}",
                now=now,
            )
    return made


@transaction.atomic
def answer(*, seat: Seat, dispute: int, level: int, words: str, now: datetime) -> DisputeAnswer:
    """Keep the level, by giving it again, or say which one this interviewer would give now; once. The candidate is
    told by mail. 404 for a dispute that this seat is not to answer."""
    _hold(seat)
    shown = disputes_in(seat, report(seat, now=now))
    row = next((one for rows in shown.values() for one in rows if one.pk == dispute), None)
    if row is None or seat.role != Role.INTERVIEWER:
        raise Refused("no_dispute", "There is no such dispute.", status=404)
    if hasattr(row, "answer"):
        raise Refused("answered", "This was answered already. The answer stays as it is.")
    if not awaits(seat, row):
        raise Refused("not_yours", "Who gave this level answers for it.", status=403)
    if level not in range(4):
        raise Refused("no_level", "Choose the level that you would give now.", status=422)
    made = DisputeAnswer.objects.create(dispute=row, by=seat, level=level, words=_words(words), at=now)
    write(
        row.seat.user,
        "Your dispute is answered",
        "interviews/disputes/mail/answered.txt",
        ("interviews:dispute", seat.session_id, row.item),
        key=f"dispute-answer:{row.pk}",
        now=now,
    )
    return made


def _hold(seat: Seat) -> None:
    """Whoever disputes and answers in a session takes turns, so that each is done once."""
    Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)


def _words(given: str) -> str:
    said = rules.words(given)
    if fault := rules.fault_in(said):
        raise Refused("words", fault, status=422)
    return said

"""More time, once, if both want it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from interviews.actions import sessions
from interviews.actions.record import log
from interviews.errors import Refused
from interviews.models import Extension, Mode, Seat, Session
from interviews.queries.clock import clock_of
from interviews.queries.extensions import waiting_in
from interviews.rules import extension as rules

_REFUSED = {
    "refuse_amount": ("minutes", "Five or ten minutes can be added. Nothing was asked for.", 422),
    "refuse_second": ("extended", "Time was added already, and that happens once in a session.", 409),
    "refuse_other": (
        "asked",
        "Another extension is being asked for. Answer that one first, or take it back.",
        409,
    ),
}


@transaction.atomic
def ask(*, session: Session, by: Seat, minutes: int, now: datetime) -> Session:
    """Ask for more time. Alone it is there at once; when the other side has asked for the same, both have agreed.
    Asking twice changes nothing."""
    session = _running(session, by, now)
    found = waiting_in(session, now)
    verdict = rules.on_asking(
        by.role,
        minutes,
        alone=session.mode == Mode.SOLO,
        extended=session.extended_seconds > 0,
        waiting=rules.Proposal(found.minutes, found.asked_by.role) if found else None,
    )
    if verdict in _REFUSED:
        code, words, status = _REFUSED[verdict]
        raise Refused(code, words, status=status)
    if verdict == "same":
        return session
    if found is None:
        found = Extension.objects.create(session=session, minutes=minutes, asked_by=by, asked_at=now)
    if verdict == "propose":
        log(session, "extension_asked", by=by, now=now, minutes=minutes)
    else:
        _agree(session, found, by=by, now=now)
    return session


@transaction.atomic
def answer(*, session: Session, by: Seat, extension: int, yes: bool, now: datetime) -> Session:
    """Agree to or decline what the other side asked for, or take back what one's own did. The same answer again
    changes nothing."""
    session = _running(session, by, now)
    found = waiting_in(session, now)
    if found is None or found.pk != extension:
        return _unless_answered_so(session, extension, by=by, yes=yes)
    verdict = rules.on_answering(by.role, rules.Proposal(found.minutes, found.asked_by.role), yes=yes)
    if verdict == "refuse":
        raise Refused("not_yours_to_answer", "The other side answers this.", status=403)
    if verdict == "agree":
        _agree(session, found, by=by, now=now)
        return session
    kinds = {
        "decline": (Extension.Answer.DECLINED, "extension_declined"),
        "withdraw": (Extension.Answer.WITHDRAWN, "extension_withdrawn"),
    }
    said, kind = kinds[verdict]
    _answer(found, said, by=by, now=now)
    log(session, kind, by=by, now=now, minutes=found.minutes)
    return session


def _agree(session: Session, found: Extension, *, by: Seat, now: datetime) -> None:
    _answer(found, Extension.Answer.AGREED, by=by, now=now)
    sessions.lengthen(session, seconds=found.minutes * 60, now=now)
    log(session, "extended", by=by, now=now, minutes=found.minutes)


def _answer(found: Extension, said: Extension.Answer, *, by: Seat, now: datetime) -> None:
    found.answer, found.answered_by, found.answered_at = said, by, now
    found.save(update_fields=["answer", "answered_by", "answered_at"])


def _unless_answered_so(session: Session, extension: int, *, by: Seat, yes: bool) -> Session:
    answered = session.extensions.filter(pk=extension, answered_by=by).first()
    if answered and yes == (answered.answer == Extension.Answer.AGREED):
        return session
    raise Refused("answered", "This is not being asked for any more. The clock runs as before.")


def _running(session: Session, by: Seat, now: datetime) -> Session:
    """The session under its lock, with its clock running or paused."""
    if not rules.may_ask(by.role):
        raise Refused("not_your_time", "Who watches has no say in the time.", status=403)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not clock_of(session).at(now).can_be_extended:
        raise Refused("not_running", "The time is not running, so none can be added.")
    return session

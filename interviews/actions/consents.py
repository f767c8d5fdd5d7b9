"""Saying that one is ready, and whether a replay is all right."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank.limits import Limit, spend
from interviews.actions.record import log
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused
from interviews.models import Consent, Seat, Session
from interviews.rules import seats

ANSWERS = Limit("consents", 10)


def count(*, seat: Seat, now: datetime) -> None:
    """Count that this seat answers; Refused where that is too often. Starting the clock, which answers too, is not."""
    spend(ANSWERS, by=f"seat:{seat.pk}", now=now)


@transaction.atomic
def answer(*, seat: Seat, replay: bool, now: datetime) -> Consent:
    """This seat is ready, and agrees to a replay or does not. The answer may be changed at any time, also after the
    end: what counts is the last."""
    if not seats.talks(seat.role):
        raise Refused("not_asked", "Who watches is not asked: nothing of theirs is recorded.", status=403)
    # The session, as starting and closing take it first: a seat's lock before it would be the other way round.
    Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    found = Consent.objects.filter(seat=seat).first()
    if found and found.replay == replay and found.ready_at:
        return found
    ready_at = found.ready_at if found and found.ready_at else now
    consent, _ = Consent.objects.update_or_create(
        seat=seat, defaults={"replay": replay, "ready_at": ready_at, "answered_at": now}
    )
    log(seat.session, "ready", by=seat, now=now, replay=replay)
    verb = Verb.CONSENT_GIVEN if replay else Verb.CONSENT_WITHDRAWN
    if replay or (found and found.replay):
        record(Deed(verb, Kind.SESSION, seat.session_id, seat.user_id, seat.user_id), now=now)
    return consent


def agree_by_starting(*, seat: Seat, now: datetime) -> None:
    """Whoever starts the clock is ready, and by what the button says agrees to a replay, unless they said otherwise."""
    if not Consent.objects.filter(seat=seat).exists():
        answer(seat=seat, replay=True, now=now)

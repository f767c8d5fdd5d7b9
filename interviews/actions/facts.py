"""Giving a candidate the facts of the case, one at a time, as they ask for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank.access import guide_of
from interviews.actions.record import log
from interviews.errors import Refused
from interviews.models import Event, Mode, Seat, Session, State
from interviews.queries.clock import clock_of
from interviews.queries.facts import GIVEN
from interviews.rules import seats


@transaction.atomic
def give(*, session: Session, seat: Seat, number: int, now: datetime) -> Event:
    """Tell everybody in the session the fact `number` (from 1, as the guide of its case version lists them). The log
    keeps question and answer; what was given stays given, and giving it again changes nothing.

    Raises Refused: forbidden (403), no_such_fact (404), not_running (409).
    """
    if not seats.gives_facts(seat.role, alone=session.mode == Mode.SOLO):
        raise Refused("forbidden", "Only the interviewer gives facts here.", status=403)
    # The lock lets two presses of one key take turns, and the end of the session too.
    session = running(session, now)
    facts = guide_of(session.case_version).get("facts", [])
    if not 1 <= number <= len(facts):
        raise Refused("no_such_fact", "The guide has no such fact. Nothing was given.", status=404)
    given = Event.objects.filter(session=session, kind=GIVEN, data__number=number).first()
    if given:
        return given
    fact = facts[number - 1]
    return log(
        session, GIVEN, by=seat, now=now, number=number, ask=str(fact["ask"]), answer=str(fact["answer"])
    )


def running(session: Session, now: datetime) -> Session:
    """The session, locked until the transaction ends; Refused (409) unless its clock has started and time is left."""
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("case_version").get(pk=session.pk)
    )
    if session.state != State.LIVE or clock_of(session).at(now).remaining <= 0:
        raise Refused("not_running", "The session is not running, so this was not done. Nothing was changed.")
    return session

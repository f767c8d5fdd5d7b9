"""Practising alone: facts and questions by rules, where no interviewer sits."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank import limits
from casebank.limits import Limit
from interviews.actions import facts
from interviews.actions.record import log
from interviews.errors import Refused
from interviews.models import Event, Mode, Role, Seat
from interviews.queries.alone import ASKED, fact_for, question_for

# Typing whatever comes to mind is no way to be told the whole case.
FACT = Limit("fact", 10, besides="Think about which one you need most.")
QUESTION = Limit("question", 6, besides="Answer the last one in your notes.")
MAX_QUESTION = 200


@transaction.atomic
def ask(*, seat: Seat, question: str, now: datetime) -> Event | None:
    """Look for the fact that answers a question, and give it; None where the case has no such fact.

    Raises Refused: not_alone (403), not_running (409), question (422), too_often (429).
    """
    _must_be_alone(seat)
    question = question.strip()
    if not 3 <= len(question) <= MAX_QUESTION:
        raise Refused(
            "question", f"A question has 3 to {MAX_QUESTION} characters. Nothing was asked.", status=422
        )
    limits.spend(FACT, by=seat.user_id, now=now)
    number = fact_for(facts.running(seat.session, now), question)
    return None if number is None else facts.give(session=seat.session, seat=seat, number=number, now=now)


@transaction.atomic
def be_asked(*, seat: Seat, now: datetime) -> Event | None:
    """Ask what the rules find next, and keep it in the log; None where they have nothing left.

    Raises Refused: not_alone (403), not_running (409), too_often (429).
    """
    _must_be_alone(seat)
    limits.spend(QUESTION, by=seat.user_id, now=now)
    # The lock lets two presses of one key take turns: the second is asked the next question.
    session = facts.running(seat.session, now)
    question = question_for(seat)
    if question is None:
        return None
    return log(session, ASKED, by=seat, now=now, key=question.key, text=question.text, source=question.source)


def _must_be_alone(seat: Seat) -> None:
    if seat.session.mode != Mode.SOLO or seat.role != Role.CANDIDATE:
        raise Refused("not_alone", "An interviewer sits in this session: ask them.", status=403)

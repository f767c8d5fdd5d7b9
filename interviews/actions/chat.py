"""Saying something in a session's chat."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank.limits import Limit, spend
from interviews.actions.record import log
from interviews.errors import Refused
from interviews.models import ChatMessage, Seat, Session
from interviews.queries.clock import overtime_of
from interviews.rules import chat as rules
from interviews.rules import seats

# Faster than anybody types what another can read.
CHAT = Limit("chat", 30, besides="Your message is still on the page.")


def say(*, seat: Seat, text: str, ref: int, now: datetime) -> ChatMessage:
    """Keep a message and tell the open rooms; Refused where it may not be. `ref` is the sender's number for it: said
    again with the same one, the message that was kept is returned, so that a lost answer doubles nothing."""
    if kept := _kept(seat, ref):
        return kept
    if not seats.talks(seat.role):
        raise Refused("forbidden", "Who watches reads the chat and writes nothing in it.", status=403)
    text = rules.clean(text)
    if not text:
        raise Refused("empty", "There is nothing to send yet.", status=422)
    if len(text) > rules.MAX_CHARACTERS:
        raise Refused(
            "too_long",
            f"A message holds at most {rules.MAX_CHARACTERS:,} characters, and this has {len(text):,}. "
            "Nothing was sent; shorten it.",
            status=413,
        )
    spend(CHAT, by=f"seat:{seat.pk}", now=now)
    return _keep(seat, text, ref, now)


@transaction.atomic
def _keep(seat: Seat, text: str, ref: int, now: datetime) -> ChatMessage:
    # The lock makes a message and the end of the session take turns, and two of one `ref` too.
    session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    if kept := _kept(seat, ref):
        return kept
    if not seats.may_talk(seat.role, overtime=overtime_of(session, now)):
        raise Refused("closed", "The session has ended an hour ago, and its chat with it. This was not sent.")
    if session.chat.count() >= rules.MAX_MESSAGES:
        raise Refused(
            "full", f"This chat holds {rules.MAX_MESSAGES} messages; no more fit. This was not sent."
        )
    message = ChatMessage.objects.create(session=session, seat=seat, at=now, ref=ref, text=text)
    log(session, "said", by=seat, now=now)
    return message


def _kept(seat: Seat, ref: int) -> ChatMessage | None:
    return ChatMessage.objects.filter(seat=seat, ref=ref).first()

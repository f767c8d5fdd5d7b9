"""Joining the line of those who wait for a partner, staying in it, and leaving it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.db import IntegrityError, transaction

from interviews.actions import matching
from interviews.actions.pause import refuse_the_paused
from interviews.errors import Refused
from interviews.models import Ticket
from interviews.queries import line

log = logging.getLogger(__name__)
# A page asks more often than this is written down.
_NOTED_EVERY = timedelta(seconds=5)
_NUDGE_KEY = "practise:nudged"


class Wish(TypedDict):
    """What somebody wants of a partner: role (Ticket.Wanted), level, language, framework ("" for any), swap
    (Ticket.Swapping), and whether they would meet somebody of this week again."""

    role: str
    level: str
    language: str
    framework: str
    swap: str
    again: bool


def join(*, by: AbstractBaseUser, wish: Wish, now: datetime) -> Ticket:
    """Take a place in the line. Who is in it already keeps the place that they have; Refused where they cannot be
    matched, with the reason."""
    _may_join(by=by, wish=wish, now=now)
    return _take_place(by=by, wish=wish, now=now)


def come_back(*, by: AbstractBaseUser, wish: Wish, since: datetime, news: str, now: datetime) -> Ticket:
    """Take a place in front, for who lost a partner by no fault of their own; they wait since `since`."""
    return _take_place(by=by, wish=wish, now=now, since=since, front=True, news=news)


def keep(*, by: AbstractBaseUser, now: datetime) -> None:
    """Note that this person's page is still there. Without that nobody is matched."""
    line.open_tickets().filter(user_id=by.pk, seen_at__lt=now - _NOTED_EVERY).update(seen_at=now)


def meet_again(*, by: AbstractBaseUser) -> bool:
    """Let somebody whom they met this week be found as well, without losing the place; False if this person does not
    wait."""
    waiting = line.open_tickets().filter(user_id=by.pk, state=Ticket.State.WAITING)
    changed = waiting.update(again=True) > 0
    if changed:
        nudge()
    return changed


def leave(*, by: AbstractBaseUser, now: datetime) -> bool:
    """Leave the line, and an offer with it; whoever was to be the partner goes back in front. False if this person
    was not in the line."""
    while True:
        with transaction.atomic():
            match = matching.open_match_of(by)
            ticket = line.open_tickets().select_for_update(of=("self",)).filter(user_id=by.pk).first()
            if ticket is None:
                return False
            if (ticket.state == Ticket.State.OFFERED) == (match is not None):
                if match is not None:
                    matching.refuse(match, by=by, now=now)
                    ticket.refresh_from_db()
                matching.close(ticket, Ticket.Ending.LEFT, now)
                return True
        # An offer was made or ended between the two looks: look again.


def nudge() -> None:
    """Have the line looked at now, once in a second at most; beat does so every two seconds anyway."""
    from interviews import tasks

    try:
        if cache.add(_NUDGE_KEY, 1, 1):
            tasks.tend_line.delay()
    except (
        Exception
    ) as error:  # whatever the cache's or the broker's client raises, the line is safe in Postgres
        log.warning("Could not nudge the matcher: %s", error)


def _may_join(*, by: AbstractBaseUser, wish: Wish, now: datetime) -> None:
    """Refused, with the reason and what to do instead, where this person cannot be matched now."""
    refuse_the_paused(by=by, now=now)
    _must_be_free(by)
    is_asked = wish["role"] == Ticket.Wanted.CANDIDATE or wish["swap"] == Ticket.Swapping.YES
    if is_asked and line.knows_every_case(by.pk):
        raise Refused(
            "no_case_left",
            "You know every case of the bank already, so there is none left to ask you. You can interview others "
            "without swapping, or be asked a case that somebody writes and invites you to.",
        )


@transaction.atomic
def _take_place(
    *,
    by: AbstractBaseUser,
    wish: Wish,
    now: datetime,
    since: datetime | None = None,
    front: bool = False,
    news: str = "",
) -> Ticket:
    place = {"user_id": by.pk, "since": since or now, "seen_at": now, "front": front, "news": news, **wish}
    try:
        with transaction.atomic():
            ticket = Ticket.objects.create(**place)
    except IntegrityError:
        there = line.open_tickets().select_for_update(of=("self",)).filter(user_id=by.pk).first()
        if there is not None:
            return _to_the_front(there, place) if front else there
        # It was closed between the two looks.
        ticket = Ticket.objects.create(**place)
    # The place of an offer that both had just accepted kept this one waiting: only now its session can be seen.
    _must_be_free(by)
    transaction.on_commit(nudge)
    return ticket


def _to_the_front(ticket: Ticket, place: dict[str, Any]) -> Ticket:
    """Move a ticket that waits already, as if it had been taken with this place."""
    if ticket.state == Ticket.State.WAITING:
        ticket.front, ticket.news, ticket.since = True, place["news"], min(ticket.since, place["since"])
        ticket.save(update_fields=["front", "news", "since"])
    return ticket


def _must_be_free(by: AbstractBaseUser) -> None:
    if line.is_busy(by.pk):
        raise Refused(
            "already_in_a_session",
            "You are in a running session. Finish that one first, then come back; you are not in the line.",
        )
    if line.awaited_seats(by.pk).exists():
        raise Refused(
            "partner_waits",
            "A partner waits for you in a session that you agreed on and that has not begun. Go there, or give that "
            "session up first.",
        )

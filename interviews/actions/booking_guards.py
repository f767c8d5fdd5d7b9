"""Why something cannot be done with a booking just now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NoReturn

from django.contrib.auth.base_user import AbstractBaseUser

from interviews.actions.pause import refuse_the_paused
from interviews.errors import Refused
from interviews.models import Booking, BookingSeat
from interviews.queries.blocks import blocked_among
from interviews.queries.reliability import paused_among
from interviews.rules import slots

GONE = "This time has just been taken, or is not offered any more. Nothing was booked; choose another one."


def refuse_for_who_is_busy(
    me: AbstractBaseUser, start: datetime, minutes: int, *, but: Booking | None = None
) -> NoReturn:
    """Refuse, in words that fit: the others' bookings are not told, one's own are."""
    must_be_free(me, start, minutes, but=but)
    raise Refused("time_gone", GONE)


def must_be_free(me: AbstractBaseUser, start: datetime, minutes: int, *, but: Booking | None = None) -> None:
    """Without another interview then; `but` is the one that this is about."""
    end = start + timedelta(minutes=minutes)
    held = BookingSeat.objects.filter(user_id=me.pk, holds=True, starts_at__lt=end, ends_at__gt=start)
    if held.exclude(booking=but).exists():
        raise Refused("you_are_booked", "You have another interview at that time. Nothing was changed.")


def must_not_be_paused(me: AbstractBaseUser, others: Iterable[AbstractBaseUser], *, now: datetime) -> None:
    """Who did not come twice in a row books nothing for a while (rules.reliability), and is not booked; the others
    learn only that the time is not to be had."""
    refuse_the_paused(by=me, now=now)
    if paused_among([one.pk for one in others], now):
        raise Refused("time_gone", GONE)


def must_be_possible(start: datetime, minutes: int, now: datetime) -> None:
    """At a time that can be proposed at all (rules.slots)."""
    if said := slots.objection(start, minutes, now=now):
        raise Refused("bad_time", said, status=422)


def must_not_be_blocked(me: AbstractBaseUser, others: Collection[AbstractBaseUser]) -> None:
    """One of a blocked pair looks to the other like somebody who has left."""
    if not others or blocked_among([me.pk, *(one.pk for one in others)]):
        raise Refused("nobody", "There is nobody there any more.", status=404)


def must_not_be_open(booking: Booking) -> None:
    """Once the room is open its time stays."""
    if booking.room is not None:
        raise Refused("begun", "The room of this interview is open already, so its time stays.")

"""Why something cannot be done with a booking just now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NoReturn

from django.contrib.auth.base_user import AbstractBaseUser

from interviews.actions.pause import refuse_the_paused
from interviews.errors import Refused
from interviews.models import Booking, BookingSeat
from interviews.queries.blocks import blocked_among
from interviews.queries.reliability import paused_until
from interviews.rules import slots

GONE = "This time has just been taken, or is not offered any more. Nothing was booked; choose another one."


def refuse_for_who_is_busy(me: AbstractBaseUser, start: datetime, minutes: int) -> NoReturn:
    """Refuse, in words that fit: the other one's bookings are not told, one's own are."""
    end = start + timedelta(minutes=minutes)
    held = BookingSeat.objects.filter(user_id=me.pk, holds=True, starts_at__lt=end, ends_at__gt=start)
    if held.exists():
        raise Refused("you_are_booked", "You have another interview at that time. Nothing was changed.")
    raise Refused("time_gone", GONE)


def must_not_be_paused(me: AbstractBaseUser, other: AbstractBaseUser | None, *, now: datetime) -> None:
    """Who did not come twice in a row books nothing for a while (rules.reliability), and is not booked; the other one
    learns only that the time is not to be had."""
    refuse_the_paused(by=me, now=now)
    if other is not None and paused_until(other.pk, now):
        raise Refused("time_gone", GONE)


def must_be_possible(start: datetime, minutes: int, now: datetime) -> None:
    """At a time that can be proposed at all (rules.slots)."""
    if said := slots.objection(start, minutes, now=now):
        raise Refused("bad_time", said, status=422)


def must_not_be_blocked(one: AbstractBaseUser, other: AbstractBaseUser | None) -> None:
    """One of a blocked pair looks to the other like somebody who has left."""
    if other is None or blocked_among([one.pk, other.pk]):
        raise Refused("nobody", "There is nobody there any more.", status=404)


def must_not_be_open(booking: Booking) -> None:
    """Once the room is open its time stays."""
    if booking.room is not None:
        raise Refused("begun", "The room of this interview is open already, so its time stays.")

"""What somebody cannot do for a while who did not come twice in a row (rules.reliability)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from interviews.errors import Refused
from interviews.queries.people import zone_of
from interviews.queries.reliability import paused_until


def refuse_the_paused(*, by: AbstractBaseUser, now: datetime) -> None:
    """Refused with the code "paused" and the words of `pause_of`, where this person is neither matched nor booked."""
    if said := pause_of(by, now):
        raise Refused("paused", said)


def pause_of(user: AbstractBaseUser, now: datetime) -> str:
    """Until when this person is neither matched nor booked, in their own time, and what they can do meanwhile; "" where
    they are not paused."""
    until = paused_until(user.pk, now)
    if until is None:
        return ""
    return (
        "You did not come to the last two sessions that you had agreed to, so you are neither matched nor booked until "
        f"{until.astimezone(zone_of(user)):%-d %B, %H:%M %Z}. Meanwhile you can practise alone, or invite somebody by "
        "a link."
    )

"""What somebody cannot do for a while who did not come twice in a row (rules.reliability)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.timezone import localtime

from interviews.errors import Refused
from interviews.queries.reliability import paused_until


def refuse_the_paused(*, by: AbstractBaseUser, now: datetime) -> None:
    """Refused with the code "paused", until when, and what to do meanwhile, where this person is neither matched nor
    booked."""
    until = paused_until(by.pk, now)
    if until:
        raise Refused(
            "paused",
            "You did not come to the last two sessions that you had agreed to, so you are neither matched nor booked "
            f"until {localtime(until):%-d %B, %H:%M %Z}. You can practise alone, or invite somebody by a link, "
            "meanwhile.",
        )

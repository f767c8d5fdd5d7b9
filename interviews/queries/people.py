"""What the product needs to know of an account, which another layer keeps."""

from __future__ import annotations

from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.base_user import AbstractBaseUser

from interviews.rules.outbox import one_line


def zone_of(user: AbstractBaseUser) -> ZoneInfo:
    """The zone in which this person reads times; UTC where this machine knows theirs no more."""
    try:
        return ZoneInfo(getattr(user, "timezone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def level_of(user: AbstractBaseUser) -> str:
    """The level that this person prepares for."""
    return str(getattr(user, "target_level", "senior"))


def role_wanted(user: AbstractBaseUser) -> Literal["candidate", "interviewer", "either"]:
    """What this person's profile says that they would."""
    asks, is_asked = getattr(user, "wants_to_interview", True), getattr(user, "wants_to_be_candidate", True)
    return "either" if asks == is_asked else "interviewer" if asks else "candidate"


def name_of(user: AbstractBaseUser) -> str:
    """How others see this person, in one line; never their address."""
    return one_line(str(getattr(user, "display_name", ""))) or "Somebody"

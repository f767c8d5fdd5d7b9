"""What the product needs to know of an account, which another layer keeps."""

from __future__ import annotations

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


def name_of(user: AbstractBaseUser) -> str:
    """How others see this person, in one line; never their address."""
    return one_line(str(getattr(user, "display_name", ""))) or "Somebody"

"""Whether an invite still opens a seat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

LIFETIME = timedelta(hours=72)
# An interview with an audience is another thing, and each of them takes every change of the board.
MAX_OBSERVERS = 5
Standing = Literal["open", "expired", "used", "revoked"]


@dataclass(frozen=True, slots=True)
class InviteFacts:
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def opens_for(addressed: str, addresses: Collection[str]) -> bool:
    """Whether an invite addressed so ("" to whoever has the link) opens for an account with these addresses. Case does
    not count."""
    return not addressed or addressed.casefold() in {one.casefold() for one in addresses}


def standing(invite: InviteFacts, now: datetime) -> Standing:
    """Used beats revoked beats expired: the person hears the reason that explains most."""
    if invite.used_at:
        return "used"
    if invite.revoked_at:
        return "revoked"
    return "expired" if invite.expires_at <= now else "open"

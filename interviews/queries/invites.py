"""What a seat sees of its invites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviews.models import Invite, Mode, Role, Seat, State
from interviews.rules import seats


@dataclass(frozen=True, slots=True)
class InvitePanel:
    """The way to ask somebody to a seat of this role. `offered` unless there is none to ask to; `invite` is the open
    link, if there is one; its token is not known any more."""

    role: Role
    offered: bool
    invite: Invite | None


def invite_panel(seat: Seat, role: Role, now: datetime) -> InvitePanel:
    """The panel for seats of `role`, as this seat sees it."""
    session = seat.session
    may = role in seats.invites_to(seat.role, alone=session.mode == Mode.SOLO)
    full = role != Role.OBSERVER and session.seats.filter(role=role).exists()
    offered = may and not full and session.state != State.ENDED
    open_links = session.invites.filter(role=role, used_at=None, revoked_at=None, expires_at__gt=now)
    return InvitePanel(role, offered, open_links.first() if offered else None)

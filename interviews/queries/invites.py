"""What a seat sees of its invites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser

from interviews.models import Invite, Mode, Role, Seat, State
from interviews.queries.cast import Cast
from interviews.rules import panel, seats


def addresses_of(user: AbstractBaseUser) -> set[str]:
    """The addresses by which an invite finds this account: its own, confirmed or not (the link came to the mailbox, so
    whoever has it reads that mail), and others that it has confirmed."""
    confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True)
    return {str(getattr(user, "email", "")), *confirmed.values_list("email", flat=True)}


@dataclass(frozen=True, slots=True)
class InvitePanel:
    """The way to ask somebody to a seat of this role and part. `offered` unless there is none to ask to; `invite` is
    the open link, if there is one; its token is not known any more; `to` is the address that it was sent to, for who
    sent it."""

    role: Role
    offered: bool
    invite: Invite | None
    part: str = ""
    to: str = ""

    @property
    def key(self) -> str:
        """Tells the panels of one page apart."""
        return f"{self.role}-{self.part}" if self.part else str(self.role)

    @property
    def called(self) -> str:
        return panel.called(self.role, self.part)


def invite_panel(seat: Seat, cast: Cast, role: Role, now: datetime, part: str = "") -> InvitePanel:
    """The panel for seats of `role` and `part`, as this seat of the cast sees it."""
    session = seat.session
    may = role in seats.invites_to(seat.role, alone=session.mode == Mode.SOLO, panel=session.panel)
    full = role != Role.OBSERVER and (role, part) in cast.places
    offered = may and part in seats.parts_of(role, panel=session.panel) and not full
    offered = offered and session.state != State.ENDED
    open_links = session.invites.filter(
        role=role, part=part, used_at=None, revoked_at=None, expires_at__gt=now
    )
    invite = open_links.first() if offered else None
    to = invite.email if invite and invite.created_by_id == seat.user_id else ""
    return InvitePanel(role, offered, invite, part, to)


def needed_panels(seat: Seat, cast: Cast, now: datetime) -> tuple[InvitePanel, ...]:
    """The panels of the seats that the interview needs, as this seat of the cast sees them; those of its own place left
    out."""
    session = seat.session
    return tuple(
        invite_panel(seat, cast, Role(role), now, part)
        for role, part in seats.needed(alone=session.mode == Mode.SOLO, panel=session.panel)
        if (role, part) != (seat.role, seat.part)
    )

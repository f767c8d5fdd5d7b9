"""What a room tells about its time beneath the plan: a pause, more time that is asked for, and half time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviews.models import Event, Seat, Session
from interviews.queries.extensions import waiting_in
from interviews.queries.halves import Halves, halves_of
from interviews.rules.extension import may_ask


@dataclass(frozen=True, slots=True)
class Pause:
    """Who stopped the clock, why ("" if not said) and since when. Who has left the site is named no more."""

    who: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """More time that waits for an answer: `yours` may be taken back, `answers` may agree or decline."""

    id: int
    minutes: int
    who: str
    yours: bool
    answers: bool


@dataclass(frozen=True, slots=True)
class Notices:
    pause: Pause | None
    asked: Asked | None
    halves: Halves | None


def notices_for(seat: Seat, now: datetime) -> Notices:
    """The notices as this seat sees them."""
    return Notices(pause=_pause(seat.session), asked=_asked(seat, now), halves=halves_of(seat, now))


def _pause(session: Session) -> Pause | None:
    if session.paused_at is None:
        return None
    event = Event.objects.filter(session=session, kind="paused").select_related("seat__user").last()
    who = str(event.seat.user) if event and event.seat else ""
    return Pause(who, event.data.get("reason", "") if event else "", session.paused_at)


def _asked(seat: Seat, now: datetime) -> Asked | None:
    found = waiting_in(seat.session, now)
    if found is None:
        return None
    yours = found.asked_by.role == seat.role
    return Asked(
        id=found.pk,
        minutes=found.minutes,
        who=str(found.asked_by.user),
        yours=yours,
        answers=may_ask(seat.role) and not yours,
    )

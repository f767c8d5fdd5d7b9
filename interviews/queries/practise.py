"""Where somebody stands who practises now: out of the line, waiting, offered a partner, or awaited in a room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser

from interviews.models import Offer, Seat, Ticket
from interviews.queries import line
from interviews.queries.reliability import Reliability, reliability_of
from interviews.rules import languages, pairing
from interviews.rules.seats import partner_of

# How long one is told how it ended.
_REMEMBERED = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Partner:
    """The other side of an offer or of an open room: all that is told here, and before both have accepted."""

    name: str
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class Standing:
    """`face` is idle, waiting, offered, accepted or session. `ticket` is the open one, in `idle` the last one if it
    closed lately; `offer` this side of an open match; `seat` that in a session which has not begun, and where somebody
    waits. `others` says in words how many more wait."""

    face: str
    now: datetime
    ticket: Ticket | None = None
    offer: Offer | None = None
    partner: Partner | None = None
    seat: Seat | None = None
    others: str = ""

    @property
    def mark(self) -> str:
        """Changes whenever what the page shows does, apart from the clock's seconds."""
        about = self.offer.match_id if self.offer else self.ticket.pk if self.ticket else ""
        return f"{self.face}.{about}.{self.ticket.news if self.ticket else ''}.{self.others}"

    @property
    def waited(self) -> float:
        """Seconds since this person waits."""
        return max((self.now - self.ticket.since).total_seconds(), 0) if self.ticket else 0

    @property
    def left(self) -> float:
        """Seconds in which the offer can still be answered."""
        return max((self.offer.match.expires_at - self.now).total_seconds(), 0) if self.offer else 0

    @property
    def any_level(self) -> bool:
        """Whether this person has waited so long that a partner of any level fits."""
        return self.waited >= pairing.PATIENCE.total_seconds()

    @property
    def patience(self) -> int:
        """After how many minutes that is."""
        return int(pairing.PATIENCE.total_seconds() // 60)

    @property
    def to_accept(self) -> float:
        """Seconds that an offer lasts."""
        return pairing.TO_ACCEPT.total_seconds()

    @property
    def language(self) -> str:
        return languages.NAMES.get(self.ticket.language, "") if self.ticket else ""


def standing_of(user: AbstractBaseUser, now: datetime) -> Standing:
    """Where this person stands."""
    ticket = line.open_tickets().filter(user_id=user.pk).first()
    if ticket is None:
        seat = _awaited_in(user)
        if seat:
            return Standing("session", now, seat=seat, partner=_met_in(seat))
        closed = Ticket.objects.filter(user_id=user.pk, closed_at__gt=now - _REMEMBERED)
        return Standing("idle", now, ticket=closed.order_by("-closed_at").first(), others=_others(user, now))
    offer = Offer.objects.filter(ticket=ticket, is_open=True).select_related("match").first()
    if offer is None:
        return Standing("waiting", now, ticket=ticket, others=_others(user, now, ticket.language))
    face = "accepted" if offer.accepted_at else "offered"
    return Standing(face, now, ticket=ticket, offer=offer, partner=_partner(offer))


def last_wish(user: AbstractBaseUser) -> dict[str, object]:
    """What this person wanted of a partner the last time; empty if they never waited."""
    fields = ("role", "level", "language", "framework", "swap", "again")
    last = Ticket.objects.filter(user_id=user.pk).order_by("-pk").values(*fields).first()
    return dict(last) if last else {}


def _partner(offer: Offer) -> Partner | None:
    """The other side; None for the moment in which their account has been deleted."""
    others = Offer.objects.filter(match=offer.match_id).exclude(pk=offer.pk).select_related("ticket__user")
    other = others.first()
    return Partner(str(other.ticket.user), reliability_of(other.ticket.user_id)) if other else None


def _met_in(seat: Seat) -> Partner | None:
    """The partner in the room where this seat is awaited; None where their account is gone."""
    theirs = Seat.objects.filter(session=seat.session_id, left_at=None, role=partner_of(seat.role))
    other = theirs.select_related("user").first()
    return Partner(str(other.user), reliability_of(other.user_id)) if other else None


def _awaited_in(user: AbstractBaseUser) -> Seat | None:
    return line.awaited_seats(user.pk).select_related("session").order_by("-session__created_at").first()


def _others(user: AbstractBaseUser, now: datetime, language: str = "") -> str:
    waiting = line.ready(now).exclude(user_id=user.pk)
    if language:
        waiting = waiting.filter(language=language)
    return pairing.about(waiting[: pairing.COUNTED].count())

"""People in the line, and what becomes of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from interviews.actions import attendance, line, matching
from interviews.models import Match, Offer, Session, Ticket
from mlsd_site.accounts.models import User


def wish(role: str = "either", **said: Any) -> line.Wish:
    plain: line.Wish = {
        "role": role,
        "level": "senior",
        "language": "en",
        "framework": "",
        "swap": "no",
        "again": False,
    }
    plain.update(said)  # type: ignore[typeddict-item]
    return plain


def join(user: User, role: str, now: datetime, **said: Any) -> Ticket:
    return line.join(by=user, wish=wish(role, **said), now=now)


def offered(candidate: User, interviewer: User, now: datetime, **said: Any) -> Match:
    """Both wait, and are offered each other."""
    join(candidate, "candidate", now, **said)
    join(interviewer, "interviewer", now, **said)
    assert matching.match_waiting(now=now) == 1
    return Match.objects.get(outcome="")


def both_accept(match: Match, now: datetime) -> Session:
    """The session that follows."""
    made = [
        matching.accept(match_id=match.pk, by=offer.ticket.user, now=now)
        for offer in Offer.objects.filter(match=match).select_related("ticket__user")
    ]
    assert made[0] is None
    assert made[1] is not None
    return made[1]


def arrive(session: Session, user: User, now: datetime) -> None:
    attendance.arrive(seat=session.seats.select_related("session").get(user=user), now=now)


def state_of(user: User) -> tuple[str, str]:
    """The state of this person's newest ticket, and how it ended or why they are back."""
    ticket = Ticket.objects.filter(user=user).order_by("-pk")[0]
    return ticket.state, ticket.ending or ticket.news

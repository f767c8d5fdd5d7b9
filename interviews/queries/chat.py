"""What was said in a session's chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from interviews.models import ChatMessage, Seat
from interviews.queries.clock import overtime_of
from interviews.queries.room import person
from interviews.rules import seats


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it is shown; `ref` is told to its writer alone, -1 to others."""

    message: ChatMessage
    name: str
    color: str
    mine: bool
    ref: int


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat as one seat sees it; `writes` is whether it may say something now."""

    said: list[Said]
    writes: bool
    watches: bool


def chat_for(seat: Seat, now: datetime, *, after: int = 0) -> Chat:
    """What was said, the earliest first, of it what came after the message of this id."""
    found = ChatMessage.objects.filter(session=seat.session_id, pk__gt=after).select_related("seat__user")
    return Chat(
        said=list(_said(found, seat)),
        writes=seats.may_talk(seat.role, overtime=overtime_of(seat.session, now)),
        watches=not seats.talks(seat.role),
    )


def _said(found: Iterable[ChatMessage], seat: Seat) -> Iterable[Said]:
    for one in found:
        mine = one.seat_id == seat.pk
        yield Said(one, str(one.seat.user), person(one.seat)["color"], mine, one.ref if mine else -1)

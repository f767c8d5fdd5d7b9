"""Everybody who holds a seat of a session: asked for once, and handed to whoever says something of them."""

from __future__ import annotations

from dataclasses import dataclass

from interviews.models import Consent, Seat, Session


@dataclass(frozen=True, slots=True)
class Cast:
    """`held` are the seats with somebody in them, the candidate's first, with their people and answers. `places` are
    the (role, part) of those who have left as well: Postgres gives the place of an interviewer out once."""

    held: tuple[Seat, ...]
    places: frozenset[tuple[str, str]]


def cast_of(session: Session) -> Cast:
    """In one query."""
    seats = list(session.seats.select_related("user", "consent").order_by("role", "part", "pk"))
    return Cast(
        tuple(seat for seat in seats if seat.left_at is None),
        frozenset((seat.role, seat.part) for seat in seats),
    )


def answer_of(seat: Seat) -> bool | None:
    """Whether a replay is all right with this seat of a cast; None before it said."""
    consent: Consent | None = getattr(seat, "consent", None)
    return consent.replay if consent else None

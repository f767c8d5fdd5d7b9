"""Sabotages of who may come in, who sees what, and who gets what; sabotage.py has the others, and says how."""

from __future__ import annotations

import pkgutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.chaos.replacing import put


def any_origin() -> None:
    """A page of any site may open a room's socket with its visitor's cookie."""
    put("interviews.room.door", "origin_is_ours", lambda headers, *, scheme: True)


def any_seat() -> None:
    """Whoever sits in a session is let in where only its interviewer may be."""
    put("interviews.access", "interviewer_in", pkgutil.resolve_name("interviews.access:seat_in"))


def loud_private_notes() -> None:
    """What the interviewer writes for themself is told to everybody in the room."""
    tell = pkgutil.resolve_name("interviews.actions.record:tell")

    def save_private(*, seat: Any, text: str, base: int, now: Any) -> Any:
        tell(seat.session, {"t": "private.changed", "text": text})
        return save(seat=seat, text=text, base=base, now=now)

    save = put("interviews.actions.notes", "save_private", save_private)


def telling_length() -> None:
    """The door to a session takes as long as its guide is, and a clock says how long that is."""

    def length_of(session: Any) -> int:
        from casebank.models import Guide

        return len(str(Guide.objects.get(version=session.case_version_id).body))

    def seat_in(user: Any, pk: Any) -> Any:
        seat = held(user, pk)
        time.sleep(length_of(seat.session) / 100_000)
        return seat

    def clock_frame(session: Any, now: datetime) -> dict[str, Any]:
        return {**frame(session, now), "length": length_of(session)}

    held = put("interviews.access", "seat_in", seat_in)
    frame = put("interviews.queries.clock", "clock_frame", clock_frame)


def unguarded_bookings() -> None:
    """No rows are held, and Postgres does not refuse two bookings at one time."""
    from django.db import connection

    put("django.db.models:QuerySet", "select_for_update", lambda self, **how: self.all())

    def list_me(**named: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE contype = 'x' "
                "AND conrelid = 'interviews_bookingseat'::regclass"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE interviews_bookingseat DROP CONSTRAINT {name}")
        return listed(**named)

    listed = put("interviews.actions.availability", "list_me", list_me)


def unguarded_line() -> None:
    """No ticket and no match is held while it is settled."""
    put("django.db.models:QuerySet", "select_for_update", lambda self, **how: self.all())


def one_offset() -> None:
    """Clocks are taken never to change: what holds at first holds for good."""
    span = pkgutil.resolve_name("interviews.rules.availability:Span")

    def offsets(zone: Any, since: datetime, until: datetime) -> list[Any]:
        return [(span(since, until), since.astimezone(zone).utcoffset() or timedelta())]

    put("interviews.rules.availability", "_offsets", offsets)


SABOTAGES: tuple[Callable[[], None], ...] = (
    any_origin,
    any_seat,
    loud_private_notes,
    one_offset,
    telling_length,
    unguarded_bookings,
    unguarded_line,
)

"""What open sockets must hear of, asked for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

Visit = tuple[int, str]


def marks(visits: Sequence[Visit]) -> dict[Visit, int]:
    """A number for each (seat, session key) whose cookie still stands and whose seat is held; one that is missing may
    not be there. It changes with the cookie, the password, the seat, the clock, and what happens that this seat
    may know of."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [[seat for seat, _ in visits], [key for _, key in visits]])
        return {(seat, key): mark for seat, key, mark in cursor.fetchall()}


def people_marks(sessions: Sequence[UUID]) -> dict[UUID, int]:
    """A number for each session that changes with its seats and the names of those who hold them."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE_MARKS, [list(sessions)])
        return dict(cursor.fetchall())


_MARKS = """
SELECT visit.seat, visit.key, hashtextextended(
    row(cookie.session_data, person.password, person.is_active, seat.user_id, seat.role, session.state,
        session.started_at, session.paused_at, session.paused_seconds, session.deadline_at, session.ended_at,
        (SELECT max(id) FROM interviews_event WHERE session_id = session.id),
        CASE WHEN seat.role = 'interviewer'
             THEN (SELECT max(id) FROM interviews_privateevent WHERE session_id = session.id) END)::text, 0)
FROM unnest(%s::bigint[], %s::text[]) AS visit (seat, key)
JOIN django_session cookie ON cookie.session_key = visit.key AND cookie.expire_date > now()
JOIN interviews_seat seat ON seat.id = visit.seat AND seat.left_at IS NULL
JOIN accounts_user person ON person.id = seat.user_id
JOIN interviews_session session ON session.id = seat.session_id
"""
_PEOPLE_MARKS = """
SELECT seat.session_id, hashtextextended(string_agg(
    row(seat.id, seat.role, seat.part, person.display_name, person.email)::text, ',' ORDER BY seat.id), 0)
FROM interviews_seat seat JOIN accounts_user person ON person.id = seat.user_id
WHERE seat.session_id = ANY(%s) AND seat.left_at IS NULL
GROUP BY seat.session_id
"""

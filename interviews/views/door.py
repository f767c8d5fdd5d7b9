"""Through the door, at the right time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from interviews import access
from interviews.actions import sessions
from interviews.models import Seat
from interviews.queries import server_time
from interviews.views.request import UserRequest


def enter(request: UserRequest, pk: UUID, now: datetime) -> Seat:
    """This person's seat in the session `pk`. A session whose time is up is closed first, so that no
    page shows a clock that has run out as running."""
    seat = access.seat_in(request.user, pk)
    if seat.session.is_overdue(now) and sessions.close_if_over(pk=pk, now=server_time.now()):
        seat.session.refresh_from_db()
    return seat

"""Whether more time is being asked for."""

from __future__ import annotations

from datetime import datetime

from interviews.models import Extension, Session
from interviews.queries.clock import clock_of


def waiting_in(session: Session, now: datetime) -> Extension | None:
    """The extension that waits for an answer; it lapses when the time is over."""
    if not clock_of(session).at(now).can_be_extended:
        return None
    return session.extensions.filter(answer="").select_related("asked_by__user").first()

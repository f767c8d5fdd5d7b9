"""Whether a session's guide may be read by its interviewer, and was."""

from __future__ import annotations

from interviews.models import PrivateEvent, Role, Seat, State


def has_opened(seat: Seat) -> bool:
    """Whether this seat has read its guide before."""
    return PrivateEvent.objects.filter(session=seat.session_id, seat=seat, kind="guide_opened").exists()


def may_open(seat: Seat) -> bool:
    """An interviewer may, until the end and after it; but where the clock never ran, after it only who knows it already
    (docs/adr/0009)."""
    if seat.role != Role.INTERVIEWER:
        return False
    never_ran = seat.session.state == State.ENDED and seat.session.started_at is None
    return not never_ran or has_opened(seat)

"""Who may have a case's sheet with the guide's content."""

from __future__ import annotations

from typing import Any

from casebank.access import guide_of
from interviews.models import Role, Seat, State


def guide_for(seat: Seat) -> dict[str, Any] | None:
    """The guide to the case of this seat's session, or None while it is not for this person.

    It is after the session has run and ended; but not while the same person waits, or sits, as the candidate of
    another session on the same case, who would be given all the answers.
    """
    session = seat.session
    if session.state != State.ENDED or session.started_at is None:
        return None
    asked_again = Seat.objects.filter(
        user_id=seat.user_id,
        role=Role.CANDIDATE,
        left_at=None,
        session__case_version__case_id=session.case_version.case_id,
    ).exclude(session__state=State.ENDED)
    return None if asked_again.exists() else guide_of(session.case_version)

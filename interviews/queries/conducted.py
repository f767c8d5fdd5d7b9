"""Who has held an interview with a case, and so may read its guide again (docs/adr/0009)."""

from __future__ import annotations

from interviews.models import Role, Seat, State


def has_conducted(*, user_id: int, version_id: int) -> bool:
    """Whether this person interviewed with this very version in a session that ran and has ended, and does not sit as
    the candidate of an unfinished session on the same case."""
    mine = Seat.objects.filter(user_id=user_id, left_at=None)
    held = mine.filter(
        role=Role.INTERVIEWER,
        session__case_version_id=version_id,
        session__state=State.ENDED,
        session__started_at__isnull=False,
    )
    sits = mine.filter(
        role=Role.CANDIDATE, session__case_version__case__versions=version_id, session__ended_at=None
    )
    return held.exists() and not sits.exists()

"""The drawings that a session's board can begin with."""

from __future__ import annotations

from interviews.models import Session
from whiteboard.formats import portable
from whiteboard.starters import Starter, starters


def starters_of(session: Session) -> list[Starter]:
    """The case's own first, if it has one; then those that fit any case."""
    drawn = session.case_version.starter
    if not drawn:
        return list(starters().values())
    own = Starter("case", "This case's own", "What stands already in this case", portable.parse(drawn))
    return [own, *starters().values()]

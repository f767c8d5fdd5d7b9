"""When people are reminded of a booking."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["day", "soon"]
DAY, SOON = timedelta(hours=24), timedelta(minutes=15)
# The reminder of the day before is of no use any more when it is about to begin.
_TOO_LATE = timedelta(hours=2)


def due(start: datetime, *, confirmed: datetime, now: datetime) -> Kind | None:
    """Which reminder is due; that of the day before is spared to whom just agreed on the time."""
    left = start - now
    if timedelta() < left <= SOON:
        return "soon"
    if _TOO_LATE < left <= DAY and confirmed < start - DAY:
        return "day"
    return None


def useful_until(kind: Kind, start: datetime) -> datetime:
    """Until when it makes sense to send it, should the mail server be away."""
    return start - _TOO_LATE if kind == "day" else start

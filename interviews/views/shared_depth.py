"""What a shared report has besides levels and what was handed in: times and probes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from interviews.models import Seat
from interviews.queries.report import Report
from interviews.queries.shares import asked, shows_times
from interviews.rules import shares
from interviews.views.depth import film_in, pace_of


def shared_depth(seat: Seat, found: Report, parts: Collection[str]) -> dict[str, Any]:
    """Of what was chosen, what is revealed and open to this candidate now."""
    shows_pace = shares.PACE in parts
    return {
        "shows_pace": shows_pace,
        "pace": pace_of(found, film_in(found)) if shows_pace and shows_times(found) else None,
        "asked": asked(seat, found) if shares.ASKED in parts else (),
    }

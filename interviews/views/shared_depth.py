"""What a shared report has besides levels and what was handed in: times and probes, as far as strangers may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from interviews.charts.pace import Pace
from interviews.models import Seat
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open
from interviews.queries.depth.probes import Probed, probed
from interviews.queries.report import Report
from interviews.queries.shares import is_public
from interviews.rules import shares
from interviews.views.depth import film_in, pace_of


@dataclass(frozen=True, slots=True)
class Asked:
    """How the candidate came to one interviewer's probes, counted, and the words (mark, question, level) of those that
    were said to them."""

    source: str
    counts: list[tuple[str, int]]
    probes: tuple[tuple[str, str, str], ...]


def shared_depth(seat: Seat, found: Report, parts: Collection[str]) -> dict[str, Any]:
    """Of what was chosen, what is revealed and open to this candidate now."""
    return {
        "shows_pace": shares.PACE in parts,
        "pace": _pace(found) if shares.PACE in parts else None,
        "asked": _asked(seat, found) if shares.ASKED in parts else (),
    }


def _pace(found: Report) -> Pace | None:
    """What comes of the recording closes with it."""
    if found.submission is None or not replay_is_open(cast_of(found.session)):
        return None
    return pace_of(found, film_in(found))


def _asked(seat: Seat, found: Report) -> tuple[Asked, ...]:
    """Of a case that is not everybody's no question is told."""
    told = is_public(found.session)
    return tuple(
        Asked(
            f"interviewer {one.led}" if one.led else "the interviewer",
            one.counts,
            _heard(one) if told else (),
        )
        for one in probed(seat, found.feedback)
    )


def _heard(one: Probed) -> tuple[tuple[str, str, str], ...]:
    return tuple((row.mark, row.ask, row.level) for row in one.probes if row.mark != shares.UNASKED)

"""What a report shows of how the interview was held: what changed in the middle, and an interviewer's own things."""

from __future__ import annotations

from dataclasses import dataclass

from casebank.access import guide_of
from interviews.models import Seat, Session
from interviews.queries import room
from interviews.queries.console import ProbeRow, probes_of
from interviews.queries.told import FLIPPED, HINTED, Told, told
from interviews.rules import seats
from interviews.rules.stamps import Piece, pieces


@dataclass(frozen=True, slots=True)
class Flip:
    """A changed constraint. `before` is the last second of the replay without it, `after` the last before the next one,
    or of the session."""

    text: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Own:
    """An interviewer's private notes in pieces, and the probes that they marked themselves."""

    notes: tuple[Piece, ...]
    probes: tuple[ProbeRow, ...]


def flips_of(session: Session) -> list[Flip]:
    """In their order; none of a session that never ran."""
    if session.started_at is None or session.ended_at is None:
        return []
    flips = told(session, FLIPPED)
    ends = [one.second for one in flips[1:]]
    ends.append(int((session.ended_at - session.started_at).total_seconds()))
    return [Flip(one.text, one.second, end) for one, end in zip(flips, ends, strict=True)] if flips else []


def hints_of(session: Session) -> list[Told]:
    """Those that were given, in their order."""
    return told(session, HINTED)


def own_of(seat: Seat) -> Own | None:
    """For this interviewer's eyes; None for everybody else, and where there is nothing."""
    if not seats.conducts(seat.role):
        return None
    notes = tuple(pieces(room.private_note(seat)["text"]))
    marked = probes_of(seat.session, guide_of(seat.session.case_version), by=seat)
    probes = tuple(probe for probe in marked if probe.mark)
    return Own(notes, probes) if notes or probes else None

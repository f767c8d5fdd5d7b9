"""What a room's board is understood to be, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casebank.access import guide_of
from interviews.models import Mode, Seat, State
from interviews.queries.drawing import candidates_drawing
from interviews.rules import seats
from whiteboard import scene
from whiteboard.findings import Expectations, Finding, findings
from whiteboard.system import System
from whiteboard.understanding import understand


@dataclass(frozen=True, slots=True)
class Reading:
    """`findings` is None where this seat may not see them now; an empty tuple where there is nothing to say."""

    system: System
    findings: tuple[Finding, ...] | None

    @property
    def open(self) -> list[Finding]:
        """What is missing or wrong."""
        return [one for one in self.findings or () if one.kind != "good"]

    @property
    def good(self) -> list[Finding]:
        return [one for one in self.findings or () if one.kind == "good"]


def reading_for(seat: Seat) -> Reading:
    """The board of this seat's session, as submitted or as it stands, read for this seat."""
    session = seat.session
    ended, alone = session.state == State.ENDED, session.mode == Mode.SOLO
    system = understand(scene.read(candidates_drawing(session)))
    if not seats.sees_findings(seat.role, ended=ended, alone=alone):
        return Reading(system, None)
    # The case's numbers are the interviewer's until the end: who practises alone is not told them by a finding.
    knows_the_case = ended or seats.reads_the_guide(seat.role)
    expected = expectations(guide_of(session.case_version)) if knows_the_case else Expectations()
    return Reading(system, findings(system, expected))


def expectations(guide: dict[str, Any]) -> Expectations:
    """What a case asks of a drawing: its latency budget, and the numbers that its guide names."""
    capacity = {quantity["name"]: quantity["value"] for quantity in guide.get("capacity", ())}
    asked = {
        key: capacity.get(value) if isinstance(value, str) else value
        for key, value in (guide.get("expects") or {}).items()
    }
    latency = guide.get("reference", {}).get("latency", {})
    return Expectations(latency_ms=latency.get("budget_ms"), **asked)

"""How the candidate came to the probes, once the interviewer who marked them has sent their feedback and the seal is
open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casebank.access import guide_of
from interviews.models import Role, Seat
from interviews.queries.console import ProbeRow, probes_of
from interviews.queries.feedback import Revealed
from interviews.queries.probes import MARKS
from interviews.rules.panel import letter_of


@dataclass(frozen=True, slots=True)
class Probed:
    """The probes that one interviewer marked; `counts` are (mark, how many), in the order of MARKS. `led` is the part
    of a panel, "A" or "B"."""

    name: str
    probes: tuple[ProbeRow, ...]
    led: str = ""

    @property
    def counts(self) -> list[tuple[str, int]]:
        found = Counter(one.mark for one in self.probes)
        return [(mark, found[mark]) for mark in MARKS if found[mark]]


def probed(seat: Seat, feedback: Revealed | None) -> list[Probed]:
    """For the candidate's seat, as `feedback` is revealed to it: by interviewer, the marked ones alone, and nothing of
    what a good answer holds. An interviewer has their own beside their notes."""
    if seat.role != Role.CANDIDATE or feedback is None:
        return []
    authors = [one.author for one in feedback.about_me if one.feedback]
    guide = guide_of(seat.session.case_version) if authors else {}
    found = [
        Probed(
            str(author.user),
            tuple(one for one in probes_of(seat.session, guide, by=author) if one.mark),
            letter_of(author.part),
        )
        for author in authors
    ]
    return [one for one in found if one.probes]

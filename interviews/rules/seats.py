"""Who may do what in a session."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from interviews.rules.panel import PARTS, PartName

RoleName = Literal["candidate", "interviewer", "observer"]
# A seat by its role, and by the part that it leads in a panel of two interviewers.
Place = tuple[RoleName, PartName]

# People talk on after the end, over the board; nobody for longer than this. In seconds, as the browsers' clock counts.
LONGEST_OVERTIME = 3600.0


def runs_the_clock(role: str, *, alone: bool) -> bool:
    """The interviewer runs the clock; a candidate who practises alone runs it herself."""
    return role == "interviewer" or (role == "candidate" and alone)


def may_draw(role: str, *, interviewer_draws: bool) -> bool:
    """The candidate draws on the board, the interviewer where the session allows it; observers only look."""
    return role == "candidate" or (role == "interviewer" and interviewer_draws)


def may_point(role: str) -> bool:
    """Candidate and interviewer show where they point; observers do not distract."""
    return role in ("candidate", "interviewer")


def writes_notes(role: str) -> bool:
    """Notes have one writer: the candidate's seat."""
    return role == "candidate"


def partner_of(role: str) -> RoleName:
    """The other seat that an interview needs."""
    return "candidate" if role == "interviewer" else "interviewer"


def invites_to(role: str, *, alone: bool, panel: bool = False) -> tuple[RoleName, ...]:
    """The seats that this role may invite to: the partner's, in a panel the other interviewer's, and those of people
    who watch."""
    if role == "observer":
        return ()
    if alone:
        return ("observer",)
    if panel and role == "interviewer":
        return ("candidate", "interviewer", "observer")
    return (partner_of(role), "observer")


def parts_of(role: str, *, panel: bool) -> tuple[PartName, ...]:
    """The parts among which the seats of a role are shared out."""
    return PARTS if panel and role == "interviewer" else ("",)


def needed(*, alone: bool, panel: bool = False) -> tuple[Place, ...]:
    """The seats without which the clock does not start."""
    if alone:
        return (("candidate", ""),)
    return (("candidate", ""), *(("interviewer", part) for part in parts_of("interviewer", panel=panel)))


def may_dismiss(role: str, other: str, *, own: bool) -> bool:
    """Those who are interviewed and interview send away who watches; who watches may leave."""
    return other == "observer" and (own or role in ("candidate", "interviewer"))


def has_it_scored(role: str, *, alone: bool) -> bool:
    """Who asks for a scoring, of what failed or by the judge: the interviewer, or a candidate who practises alone."""
    return runs_the_clock(role, alone=alone)


def marks_the_sheet(role: str) -> bool:
    """The interviewer confirms or changes the automatic levels; nobody else reads those marks until they are handed
    over."""
    return role == "interviewer"


def reads_the_guide(role: str) -> bool:
    """The case's facts and numbers are the interviewer's until the end."""
    return role == "interviewer"


def gives_facts(role: str, *, alone: bool) -> bool:
    """The interviewer tells the facts of the case; whoever practises alone finds them by search."""
    return role == "interviewer" or (role == "candidate" and alone)


def conducts(role: str) -> bool:
    """The interviewer has the console: hints, probes, changed constraints and ticks."""
    return role == "interviewer"


def sees_findings(role: str, *, ended: bool, alone: bool) -> bool:
    """What is found in a drawing: the interviewer sees it live, a candidate who practises alone too, and
    everybody after the end."""
    return ended or role == "interviewer" or alone


def talks(role: str) -> bool:
    """Candidate and interviewers talk to each other, in the chat and by voice; who watches reads the chat along."""
    return role in ("candidate", "interviewer")


def may_talk(role: str, *, overtime: float | None) -> bool:
    """Who talks may do so until an hour after the end; `overtime` are the seconds since then, None before it."""
    return talks(role) and (overtime is None or overtime < LONGEST_OVERTIME)


def may_call(role: str, *, alone: bool, overtime: float | None) -> bool:
    """Who may talk may call the others, where there are others."""
    return not alone and may_talk(role, overtime=overtime)


def missing(taken: Collection[tuple[str, str]], *, alone: bool, panel: bool = False) -> tuple[Place, ...]:
    """The seats (role, part) that must still be taken before the clock can start."""
    return tuple(place for place in needed(alone=alone, panel=panel) if place not in taken)

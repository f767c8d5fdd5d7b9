from __future__ import annotations

import pytest

from interviews.rules.clock import Clock, phases
from interviews.rules.extension import Proposal, on_answering, on_asking

HERS, HIS = Proposal(5, "candidate"), Proposal(5, "interviewer")


@pytest.mark.parametrize(
    ("role", "minutes", "alone", "extended", "waiting", "verdict"),
    [
        ("candidate", 5, False, False, None, "propose"),
        ("interviewer", 10, False, False, None, "propose"),
        ("candidate", 5, True, False, None, "take"),
        ("candidate", 5, True, True, None, "refuse_second"),
        ("candidate", 5, False, True, None, "refuse_second"),
        ("candidate", 5, False, False, HERS, "same"),
        ("candidate", 5, False, False, HIS, "agree"),
        ("candidate", 10, False, False, HIS, "refuse_other"),
        ("candidate", 10, False, False, HERS, "refuse_other"),
        ("candidate", 0, True, False, None, "refuse_amount"),
        ("candidate", 60, False, False, None, "refuse_amount"),
        ("candidate", -5, False, False, None, "refuse_amount"),
    ],
)
def test_asking(
    role: str, minutes: int, alone: bool, extended: bool, waiting: Proposal | None, verdict: str
) -> None:
    assert on_asking(role, minutes, alone=alone, extended=extended, waiting=waiting) == verdict


@pytest.mark.parametrize(
    ("role", "waiting", "yes", "verdict"),
    [
        ("interviewer", HERS, True, "agree"),
        ("interviewer", HERS, False, "decline"),
        ("candidate", HIS, True, "agree"),
        ("candidate", HERS, True, "refuse"),
        ("candidate", HERS, False, "withdraw"),
        ("observer", HERS, True, "refuse"),
        ("observer", HERS, False, "refuse"),
    ],
)
def test_answering(role: str, waiting: Proposal, yes: bool, verdict: str) -> None:
    assert on_answering(role, waiting, yes=yes) == verdict


def test_added_time_is_a_phase_behind_the_plan() -> None:
    plan = [{"id": "clarify", "name": "Clarify", "minutes": 6}]
    made = phases(plan, extended_seconds=300)
    assert [(p.id, p.start, p.end) for p in made] == [("clarify", 0, 360), ("extra", 360, 660)]
    assert Clock(made).duration == 660

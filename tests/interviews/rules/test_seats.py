from __future__ import annotations

import pytest

from interviews.rules import seats


@pytest.mark.parametrize(
    ("role", "interviewer_draws", "draws", "points"),
    [
        ("candidate", True, True, True),
        ("candidate", False, True, True),
        ("interviewer", True, True, True),
        ("interviewer", False, False, True),
        ("observer", True, False, False),
        ("observer", False, False, False),
    ],
)
def test_who_draws_and_who_points(role: str, interviewer_draws: bool, draws: bool, points: bool) -> None:
    assert seats.may_draw(role, interviewer_draws=interviewer_draws) is draws
    assert seats.may_point(role) is points


@pytest.mark.parametrize(
    ("role", "ended", "alone", "sees"),
    [
        ("interviewer", False, False, True),
        ("candidate", False, False, False),
        ("candidate", False, True, True),
        ("candidate", True, False, True),
        ("observer", False, False, False),
        ("observer", True, False, True),
    ],
)
def test_who_sees_findings(role: str, ended: bool, alone: bool, sees: bool) -> None:
    assert seats.sees_findings(role, ended=ended, alone=alone) is sees

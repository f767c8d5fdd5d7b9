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


@pytest.mark.parametrize(
    ("role", "alone", "to"),
    [
        ("candidate", False, ("interviewer", "observer")),
        ("interviewer", False, ("candidate", "observer")),
        ("observer", False, ()),
        ("candidate", True, ("observer",)),
        ("observer", True, ()),
    ],
)
def test_who_invites_to_what(role: str, alone: bool, to: tuple[str, ...]) -> None:
    assert seats.invites_to(role, alone=alone) == to


@pytest.mark.parametrize(
    ("role", "other", "own", "may"),
    [
        ("candidate", "observer", False, True),
        ("interviewer", "observer", False, True),
        ("observer", "observer", False, False),
        ("observer", "observer", True, True),
        ("interviewer", "candidate", False, False),
        ("candidate", "interviewer", False, False),
        ("candidate", "candidate", True, False),
    ],
)
def test_who_sends_whom_away(role: str, other: str, own: bool, may: bool) -> None:
    assert seats.may_dismiss(role, other, own=own) is may


@pytest.mark.parametrize(
    ("role", "overtime", "talks"),
    [
        ("candidate", None, True),
        ("interviewer", 3599.9, True),
        ("candidate", 3600.0, False),
        ("observer", None, False),
    ],
)
def test_people_talk_until_an_hour_after_the_end(role: str, overtime: float | None, talks: bool) -> None:
    assert seats.may_talk(role, overtime=overtime) is talks
    assert seats.may_call(role, alone=False, overtime=overtime) is talks
    assert not seats.may_call(role, alone=True, overtime=overtime)

from __future__ import annotations

import pytest

from casebank import frameworks
from interviews.rules import panel, seats


@pytest.mark.parametrize("slug", frameworks.load())
def test_each_framework_is_split_in_two_that_follow_each_other_and_leave_nothing_out(slug: str) -> None:
    steps = [step.id for step in frameworks.load()[slug].phases]
    parts = panel.split(steps, slug)
    assert parts["first"]
    assert parts["second"]
    assert [*parts["first"], *parts["second"]] == steps
    assert parts["second"] == panel.SECOND[slug]


@pytest.mark.parametrize(
    ("step", "part"),
    [("clarify", "first"), ("model", "first"), ("evaluate", "second"), ("deploy", "second"), ("board", "")],
)
def test_who_leads_a_step(step: str, part: str) -> None:
    assert panel.part_of(step, "seven-step") == part


@pytest.mark.parametrize(
    ("taken", "alone", "in_panel", "missing"),
    [
        ({("candidate", "")}, True, False, ()),
        ({("candidate", "")}, False, False, (("interviewer", ""),)),
        ({("candidate", ""), ("interviewer", "")}, False, False, ()),
        ({("candidate", "")}, False, True, (("interviewer", "first"), ("interviewer", "second"))),
        ({("candidate", ""), ("interviewer", "second")}, False, True, (("interviewer", "first"),)),
        ({("interviewer", "first"), ("interviewer", "second")}, False, True, (("candidate", ""),)),
        ({("candidate", ""), ("interviewer", "first"), ("interviewer", "second")}, False, True, ()),
    ],
)
def test_which_seats_are_missing(
    taken: set[tuple[str, str]], alone: bool, in_panel: bool, missing: tuple[seats.Place, ...]
) -> None:
    assert seats.missing(taken, alone=alone, panel=in_panel) == missing

from __future__ import annotations

import pytest

from casebank import frameworks
from casebank.training import load, trains


def test_every_step_of_the_clock_has_words() -> None:
    assert list(load()) == [step.id for step in frameworks.default().phases]
    assert all(load().values())


@pytest.mark.parametrize(
    ("step", "tag", "expected"),
    [
        ("data", "delayed labels", True),
        ("data", "Human-in-the-loop", True),
        ("deploy", "on-device", True),
        ("evaluate", "LLM-as-judge", True),
        ("model", "LLM-as-judge", True),
        ("deploy", "batched", False),
        ("data", "ads", False),
        ("no-such-step", "ads", False),
    ],
)
def test_what_a_tag_trains(step: str, tag: str, expected: bool) -> None:
    assert trains(step, tag) is expected

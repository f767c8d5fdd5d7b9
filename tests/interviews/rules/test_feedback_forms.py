from __future__ import annotations

import pytest

from interviews.rules import feedback as rules

WHOLE = {"clear": "5", "fair": "1", "helpful": "3", "keep": " The pace. ", "change": "More silence."}


def test_a_whole_form_is_read() -> None:
    reading = rules.read(rules.OF_INTERVIEWER, {**WHOLE, "other": "x"})
    assert reading.faults == {}
    assert reading.answers == {
        "clear": 5,
        "fair": 1,
        "helpful": 3,
        "keep": "The pace.",
        "change": "More silence.",
    }


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"clear": ""}, "Choose one"),
        ({"clear": "0"}, "no such answer"),
        ({"clear": "6"}, "no such answer"),
        ({"clear": "55"}, "no such answer"),
        ({"clear": "³"}, "no such answer"),
        ({"keep": " \n "}, "Write a sentence"),
        ({"keep": "x" * 1001}, "At most 1,000 characters; these are 1,001"),
    ],
)
def test_what_is_missing_is_said_by_field(changed: dict[str, str], fault: str) -> None:
    faults = rules.read(rules.OF_INTERVIEWER, {**WHOLE, **changed}).faults
    assert list(faults) == list(changed)
    assert fault in next(iter(faults.values()))


def test_a_draft_keeps_what_is_asked_for_whatever_it_says() -> None:
    kept = rules.draft(rules.OF_CANDIDATE, {"strength": "a\0b ", "csrfmiddlewaretoken": "x", "change": " "})
    assert kept == {"strength": "ab "}
    assert not rules.is_too_long(kept)
    assert rules.is_too_long({"strength": "x" * 5001})


def test_points_of_a_step_may_be_left_out() -> None:
    asked = rules.of_self([("data", "Data", [("data.labels", "Labels")])])
    assert rules.read(asked, {"step-data": "2", "overall": "3"}).faults == {}
    assert set(rules.read(asked, {}).faults) == {"step-data", "overall"}

"""Which question comes next: the three sources in turn, nothing twice, nothing that is answered already."""

from __future__ import annotations

from typing import Any

from interviews.rules.probing import Probe, Question, next_question

POINTS = [
    Probe("clarify.scale", "Puts numbers on scale", "numbers scale users traffic"),
    Probe("data.labels", "Says what the label is", "label click window negative"),
]
LADDER = [
    Probe("mid.1", "What is a positive example?", "A click within a window"),
    Probe("mid.2", "Which metric?", "Log loss, calibration"),
]
FINDINGS = [("feedback", "Nothing leads from serving back to the data.")]


def ask(**changed: Any) -> Question | None:
    given: dict[str, Any] = {
        "asked": [],
        "notes": {},
        "points": POINTS,
        "ladder": LADDER,
        "findings": FINDINGS,
    }
    return next_question(**{**given, **changed})


def key(**changed: Any) -> str | None:
    question = ask(**changed)
    return question.key if question else None


def test_the_sources_take_turns() -> None:
    asked: list[str] = []
    for _ in range(4):
        question = ask(asked=asked)
        assert question
        asked.append(question.key)
    assert asked == ["notes:clarify.scale", "ladder:mid.1", "board:feedback", "ladder:mid.2"]
    assert ask(asked=asked) is None


def test_a_step_that_was_not_begun_is_not_asked_about() -> None:
    assert key(asked=["notes:clarify.scale"], ladder=[], findings=[]) is None
    assert (
        key(asked=["notes:clarify.scale"], notes={"model": "x"}, ladder=[], findings=[])
        == "notes:data.labels"
    )


def test_what_the_notes_come_to_is_not_asked() -> None:
    notes = {
        "clarify": "Scale: 5 M users, traffic 500 a second.",
        "data": "A click within a window is positive.",
    }
    assert key(notes=notes, ladder=[], findings=[]) is None
    assert key(notes=notes, points=[], findings=[]) == "ladder:mid.2"


def test_a_question_about_the_drawing_says_what_is_seen() -> None:
    question = ask(points=[], ladder=[])
    assert question == Question(
        "board:feedback", "board", "Nothing leads from serving back to the data. What would you do about it?"
    )


def test_what_to_listen_for_is_never_in_a_question() -> None:
    texts = [question.text for asked in ([], ["a"], ["a", "b"]) if (question := ask(asked=asked))]
    assert not any(word in text for text in texts for word in ("window", "calibration", "negative"))

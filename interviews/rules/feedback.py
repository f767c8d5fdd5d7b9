"""What each is asked about the other after the end, and about themselves; and which answers are whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

LONGEST = 1_000
# A draft may be longer than what can be sent, so that nothing that was pasted is cut off.
LONGEST_DRAFT = 5_000
# Below this many a mean says more about one person than about the interviews.
FEW = 3
Kind = Literal["candidate", "interviewer", "self"]
Scale = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form. `scale` is its values with their anchors in words; without one it asks for words."""

    name: str
    ask: str
    hint: str = ""
    scale: Scale = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """`answers` are the usable ones: numbers of scales, words without blanks around them. `faults` say by field what is
    missing or wrong."""

    answers: dict[str, int | str]
    faults: dict[str, str]


OF_CANDIDATE = (
    Question(
        "strength",
        "One strength",
        "Something they did that you would want to see again: what, and when.",
    ),
    Question("second_strength", "Another strength"),
    Question(
        "change",
        "One thing to change",
        "The one that would raise the next interview most, and how to practise it.",
    ),
)
OF_INTERVIEWER = (
    Question(
        "clear",
        "Clear",
        "Did you know what was asked of you, and how much time was left?",
        (
            (1, "I was lost most of the time"),
            (2, "I often had to guess"),
            (3, "Clear in the main parts"),
            (4, "Rarely in doubt"),
            (5, "I always knew what was asked"),
        ),
    ),
    Question(
        "fair",
        "Fair",
        "Were you judged on what you said, with the room to say it?",
        (
            (1, "It felt decided beforehand"),
            (2, "I was often cut off or led"),
            (3, "Fair in the main parts"),
            (4, "Fair, with small slips"),
            (5, "Every answer got its chance"),
        ),
    ),
    Question(
        "helpful",
        "Helpful",
        "Did questions and hints bring you further?",
        (
            (1, "They held me up"),
            (2, "They rarely helped"),
            (3, "Some of them helped"),
            (4, "Most of them helped"),
            (5, "I learned from nearly all"),
        ),
    ),
    Question("keep", "One thing to keep", "What did they do that the next candidate should get too?"),
    Question("change", "One thing to change", "What would have let you show more?"),
)
RATINGS = tuple(one.name for one in OF_INTERVIEWER if one.scale)
# The words of every sheet: the scorer's, an interviewer's, and a candidate's own.
VERDICT = ((1, "Strong no hire"), (2, "No hire"), (3, "Hire"), (4, "Strong hire"))
LEVELS = ((0, "Not shown"), (1, "Mentioned"), (2, "Applied"), (3, "Justified"))


def of_self(steps: Iterable[tuple[str, str, Iterable[tuple[str, str]]]]) -> tuple[Question, ...]:
    """What a candidate is asked about themselves: a level for each step, for single points if they like, and whether
    they would advance. `steps` is (id, name, ((item's id, its text), ...)) each."""
    asked: list[Question] = []
    for id, name, items in steps:
        asked.append(Question(f"step-{id}", name, scale=LEVELS))
        asked += [Question(f"item-{item}", text, scale=LEVELS, needed=False) for item, text in items]
    return (*asked, Question("overall", "Would you advance yourself?", scale=VERDICT))


def draft(questions: Iterable[Question], given: Mapping[str, str]) -> dict[str, str]:
    """What of `given` a draft keeps: the fields that are asked for, as they were typed, less what no table holds."""
    return {
        one.name: text for one in questions if (text := given.get(one.name, "").replace("\0", "")).strip()
    }


def is_too_long(answers: Mapping[str, str]) -> bool:
    """Whether a draft has a field that is not even kept."""
    return any(len(text) > LONGEST_DRAFT for text in answers.values())


def read(questions: Iterable[Question], given: Mapping[str, str]) -> Reading:
    """The answers as they would be sent."""
    answers: dict[str, int | str] = {}
    faults: dict[str, str] = {}
    for one in questions:
        text = given.get(one.name, "").replace("\0", "").strip()
        if not text:
            if one.needed:
                faults[one.name] = "Choose one." if one.scale else "Write a sentence or two."
        elif one.scale:
            value = int(text) if text.isascii() and text.isdigit() and len(text) == 1 else -1
            if value in dict(one.scale):
                answers[one.name] = value
            else:
                faults[one.name] = "There is no such answer. Choose one."
        elif len(text) > LONGEST:
            faults[one.name] = f"At most {LONGEST:,} characters; these are {len(text):,}."
        else:
            answers[one.name] = text
    return Reading(answers, faults)

"""Facts are found by the words of a question, and nonsense finds none."""

from __future__ import annotations

from functools import cache

import pytest

from casebank.checklist import CONTENT
from casebank.schema import read_case
from interviews.rules.enquiry import Known, best

CASES = sorted(folder.name for folder in (CONTENT / "cases").iterdir() if folder.is_dir())


@cache
def facts(case: str) -> list[Known]:
    return [Known(fact.ask, fact.answer) for fact in read_case(CONTENT / "cases" / case).guide.facts]


def found(case: str, question: str) -> str | None:
    at = best(question, facts(case))
    return None if at is None else facts(case)[at].ask


def test_most_facts_are_found_by_the_guides_own_words() -> None:
    asked = [(case, fact.ask) for case in CASES for fact in facts(case)]
    missed = [(case, ask) for case, ask in asked if found(case, ask) != ask]
    assert len(missed) <= len(asked) * 0.03, missed


@pytest.mark.parametrize(
    ("case", "question", "ask"),
    [
        ("ad-click-prediction", "How many daily active users are there?", "How large is it?"),
        ("ad-click-prediction", "what is the QPS", "How large is it?"),
        ("ad-click-prediction", "What is the latency budget?", "How long may it take?"),
        ("ad-click-prediction", "How many candidate ads per request?", "How many ads compete?"),
        ("ad-click-prediction", "Are there privacy constraints?", "What about privacy?"),
        ("ad-click-prediction", "Do we have GPUs?", "What hardware is there?"),
        ("ad-click-prediction", "is there an existing system", "What runs today?"),
        ("ad-click-prediction", "viewability of impressions", "Is every impression seen?"),
        ("payment-fraud", "cost of false positives and false negatives", "What does a mistake cost?"),
        ("payment-fraud", "when do we get labels", "When is the truth known?"),
        ("payment-fraud", "can humans review", "Is there a review team?"),
        ("news-feed", "is there a current ranking model", "What runs now?"),
        ("medical-image-triage", "regulatory constraints", "What does the regulator want?"),
    ],
)
def test_people_ask_in_words_of_their_own(case: str, question: str, ask: str) -> None:
    assert found(case, question) == ask


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?!",
        "hello",
        "pineapple pizza?",
        "tell me everything",
        "give me all facts",
        "asdf",
        "the of and",
        "x" * 9_000,
    ],
)
def test_nonsense_finds_nothing(question: str) -> None:
    assert [found(case, question) for case in CASES] == [None] * len(CASES)


def test_a_case_without_facts_has_none() -> None:
    assert best("How many users?", []) is None

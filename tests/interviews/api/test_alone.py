"""Practising alone over REST: facts one at a time, questions by rules, and nothing where somebody interviews."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import sessions
from interviews.models import Session
from mlsd_site.accounts.models import User
from tests.interviews.stage import alone


@pytest.fixture
def practice(ada: User) -> Session:
    """Ada alone, the clock running, on the project's own case."""
    session = alone(ada)
    return sessions.start(session=session, by=session.seats.get(), now=timezone.now())


def at(session: Session, what: str) -> str:
    return f"/api/v1/sessions/{session.pk}/alone/{what}/"


def ask(client: Client, session: Session, question: str) -> Any:
    return client.post(at(session, "facts"), {"question": question}, content_type="application/json")


def test_a_fact_is_given_to_whoever_asks_for_it(practice: Session, as_ada: Client) -> None:
    said = ask(as_ada, practice, "How many users are there each day?").json()
    assert "120 million people a day" in said["answer"]
    assert not said["again"]
    assert ask(as_ada, practice, "How many users are there?").json()["again"]
    given = as_ada.get(f"/api/v1/sessions/{practice.pk}/given/").json()["facts"]
    assert [one["answer"] for one in given] == [said["answer"]]


def test_what_the_case_does_not_say_is_an_assumption(practice: Session, as_ada: Client) -> None:
    said = ask(as_ada, practice, "Is there pineapple on a pizza?").json()
    assert said == {"ask": "", "answer": "", "again": False}
    assert ask(as_ada, practice, "?").status_code == 422


def test_one_is_asked_one_question_after_the_other(practice: Session, as_ada: Client) -> None:
    assert as_ada.get(at(practice, "questions")).json() == []
    first, second = (as_ada.post(at(practice, "questions")).json()["question"] for _ in range(2))
    assert first["text"] != second["text"]
    assert as_ada.get(at(practice, "questions")).json() == [second, first]


def test_not_where_somebody_interviews(
    live: Session, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    assert ask(as_ada, live, "How many users?").json()["code"] == "not_alone"
    assert as_ada.post(at(live, "questions")).status_code == 403
    assert ask(as_ben, live, "How many users?").status_code == 403
    assert ask(as_cleo, live, "How many users?").status_code == 404


def test_not_after_the_end(practice: Session, as_ada: Client) -> None:
    as_ada.post(f"/api/v1/sessions/{practice.pk}/submit/")
    assert ask(as_ada, practice, "How many users?").json()["code"] == "not_running"
    assert as_ada.post(at(practice, "questions")).status_code == 409

"""Practising alone: facts one at a time, questions by rules, and not a word of the guide besides."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casebank.access import guide_of
from interviews.actions import notes, sessions
from interviews.models import Event, Session
from mlsd_site.accounts.models import User
from tests.interviews.stage import alone

HTMX: dict[str, Any] = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def practice(ada: User) -> Session:
    """Ada alone, the clock running, on the project's own case."""
    session = alone(ada)
    return sessions.start(session=session, by=session.seats.get(), now=timezone.now())


def ask(client: Client, session: Session, question: str) -> Any:
    return client.post(f"/sessions/{session.pk}/alone/ask/", {"question": question}, **HTMX)


def be_asked(client: Client, session: Session) -> Any:
    return client.post(f"/sessions/{session.pk}/alone/asked/", **HTMX)


def test_a_fact_is_given_to_whoever_asks_for_it(practice: Session, as_ada: Client) -> None:
    said = ask(as_ada, practice, "How many users are there each day?").content.decode()
    assert "120 million people a day" in said
    assert Event.objects.get(session=practice, kind="fact_given").data["ask"] == "How large is it?"
    assert "120 million people a day" in as_ada.get(f"/sessions/{practice.pk}/facts/").content.decode()


def test_a_practice_that_has_ended_offers_no_more_questions(practice: Session, as_ada: Client) -> None:
    page = f"/sessions/{practice.pk}/alone/asked/"
    assert "Ask me something" in as_ada.get(page).content.decode()
    as_ada.post(f"/sessions/{practice.pk}/submit/")
    assert "Ask me something" not in as_ada.get(page).content.decode()


def test_it_is_given_once(practice: Session, as_ada: Client) -> None:
    ask(as_ada, practice, "How many users?")
    assert "You have this already" in ask(as_ada, practice, "What is the QPS?").content.decode()
    assert Event.objects.filter(session=practice, kind="fact_given").count() == 1


def test_what_the_case_does_not_say_is_an_assumption(practice: Session, as_ada: Client) -> None:
    said = ask(as_ada, practice, "Is there pineapple on a pizza?").content.decode()
    assert "make an assumption" in said
    assert not Event.objects.filter(session=practice, kind="fact_given").exists()


def test_nothing_else_of_the_guide_leaves_the_server(practice: Session, as_ada: Client) -> None:
    """Every answer of a whole practice is searched for the facts, answers and advice that were not given."""
    received = [
        ask(as_ada, practice, question).content for question in ("How many users?", "pizza?", "latency?")
    ]
    received += [be_asked(as_ada, practice).content for _ in range(4)]
    for path in ("", "facts/", "alone/asked/", "system/", "clock/", "lobby/"):
        received.append(as_ada.get(f"/sessions/{practice.pk}/{path}").content)
        received.append(as_ada.get(f"/sessions/{practice.pk}/{path}", **HTMX).content)
    everything = b"\n".join(received).decode()
    body = guide_of(practice.case_version)
    given = set(
        Event.objects.filter(session=practice, kind="fact_given").values_list("data__answer", flat=True)
    )
    assert len(given) == 2
    secret = [fact["answer"] for fact in body["facts"] if fact["answer"] not in given]
    secret += [probe["listen_for"] for ladder in body["ladders"].values() for probe in ladder]
    secret += [text for item in body["items"].values() for text in item.values()]
    secret += [hint for hints in body["hints"].values() for hint in hints]
    assert not [text for text in secret if text[:30] in everything]


def test_questions_come_one_at_a_time_and_are_kept(practice: Session, as_ada: Client) -> None:
    first = be_asked(as_ada, practice).content.decode()
    kept = Event.objects.get(session=practice, kind="asked").data
    assert kept["key"] == "notes:clarify.goal"
    assert "States the business objective" in first
    be_asked(as_ada, practice)
    log = Event.objects.filter(session=practice, kind="asked").order_by("pk")
    assert [event.data["source"] for event in log] == ["notes", "ladder"]
    assert log[1].data["text"] in as_ada.get(f"/sessions/{practice.pk}/alone/asked/").content.decode()


def test_reading_what_was_asked_asks_nothing(practice: Session, as_ada: Client) -> None:
    as_ada.get(f"/sessions/{practice.pk}/alone/asked/")
    assert not Event.objects.filter(session=practice, kind="asked").exists()


def test_a_point_that_stands_in_the_notes_is_not_asked_for(
    practice: Session, ada: User, as_ada: Client
) -> None:
    text = "The business objective is revenue by the auction: bid times probability of a click; and whose outcome."
    notes.save(seat=practice.seats.get(), step="clarify", text=text, base=0, now=timezone.now())
    be_asked(as_ada, practice)
    assert Event.objects.get(session=practice, kind="asked").data["key"] != "notes:clarify.goal"


def test_without_scripts_the_room_shows_it(practice: Session, as_ada: Client) -> None:
    answer = as_ada.post(f"/sessions/{practice.pk}/alone/ask/", {"question": "How many users?"}, follow=True)
    assert "120 million people a day" in answer.content.decode()
    answer = as_ada.post(f"/sessions/{practice.pk}/alone/asked/", follow=True)
    assert "States the business objective" in answer.content.decode()


@pytest.mark.parametrize("path", ["alone/ask/", "alone/asked/"])
def test_in_a_session_of_two_there_is_an_interviewer_to_ask(
    path: str, live: Session, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    for client, status in ((as_ada, 403), (as_ben, 403), (as_cleo, 404)):
        answer = client.post(f"/sessions/{live.pk}/{path}", {"question": "How many users?"}, **HTMX)
        assert answer.status_code == status
    assert "alone-question" not in as_ada.get(f"/sessions/{live.pk}/").content.decode()
    assert not Event.objects.filter(session=live, kind__in=("asked", "fact_given")).exists()


def test_a_stranger_finds_no_practice(practice: Session, as_cleo: Client, client: Client) -> None:
    assert ask(as_cleo, practice, "How many users?").status_code == 404
    assert as_cleo.get(f"/sessions/{practice.pk}/alone/asked/").status_code == 404
    assert client.post(f"/sessions/{practice.pk}/alone/ask/", {"question": "x"}).status_code == 302


def test_nothing_is_told_before_the_start_or_after_the_end(ada: User, as_ada: Client) -> None:
    session = alone(ada)
    assert [ask(as_ada, session, "How many users?").status_code, be_asked(as_ada, session).status_code] == [
        409,
        409,
    ]
    seat = session.seats.get()
    live = sessions.start(session=session, by=seat, now=timezone.now())
    sessions.submit(session=live, by=seat, now=timezone.now())
    assert [ask(as_ada, session, "How many users?").status_code, be_asked(as_ada, session).status_code] == [
        409,
        409,
    ]
    assert not Event.objects.filter(kind__in=("asked", "fact_given")).exists()


@pytest.mark.parametrize("question", ["", "a", "x" * 201])
def test_what_is_no_question_is_refused(question: str, practice: Session, as_ada: Client) -> None:
    assert ask(as_ada, practice, question).status_code == 422


def test_nobody_types_the_whole_case_out(practice: Session, as_ada: Client) -> None:
    answers = [ask(as_ada, practice, f"pizza {n}?").status_code for n in range(11)]
    assert answers == [200] * 10 + [429]
    assert [be_asked(as_ada, practice).status_code for _ in range(7)][-1] == 429

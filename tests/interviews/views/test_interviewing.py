"""One's own track as an interviewer: what the logs say, and what was said and is revealed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casebank.models import CaseVersion, Guide
from interviews.models import ChatMessage, Event, Feedback, PrivateEvent, Session
from interviews.queries.feedback import standing_of
from interviews.queries.interviewing import room_of, said_of
from mlsd_site.accounts.models import User
from tests.interviews.history import held

DAY = timedelta(days=1)
NOW = timezone.now()
Past = Callable[..., Session]
FACTS: list[dict[str, Any]] = [
    {"ask": "How many users a day?", "answer": "Two hundred million."},
    {"ask": "What latency is allowed?", "answer": "100 ms."},
]


@pytest.fixture
def past(ada: User, ben: User, case_version: CaseVersion) -> Past:
    def make(days: float) -> Session:
        return held(ada, ben, case_version, ended=NOW - days * DAY)

    return make


def rated(session: Session, *, both: bool = False, **given: int) -> None:
    """What the candidate said of the interviewer; with `both` the interviewer has written too, which opens the seal."""
    candidate, interviewer = session.seats.order_by("role")
    ratings = {"clear": 4, "fair": 4, "helpful": 4, **given}
    Feedback.objects.create(author=candidate, about=interviewer, keep="a", change="b", **ratings)
    if both:
        Feedback.objects.create(
            author=interviewer,
            about=candidate,
            strength="a",
            second_strength="b",
            change="c",
            sheet=session.submission.sheets.create(
                source="interviewer", rater=interviewer.user, sealed_at=NOW
            ),
        )


def did(session: Session, kind: str, *, minute: int = 10, private: bool = False, **data: object) -> None:
    seat = session.seats.get(role="interviewer")
    assert session.started_at
    log = PrivateEvent if private else Event
    log.objects.create(
        session=session,
        seat=seat,
        kind=kind,
        at=session.started_at + minute * timedelta(minutes=1),
        data=data,
    )


def text(client: Client) -> str:
    answer = client.get("/progress/interviewing/")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_before_the_first_interview_it_says_what_to_do(as_ben: Client) -> None:
    said = text(as_ben)
    assert "You have not run an interview yet" in said
    assert "Rate recorded work blind" in said


def test_what_the_logs_say_of_hints_facts_and_probes(
    past: Past, case_version: CaseVersion, ben: User, as_ben: Client
) -> None:
    Guide.objects.filter(version=case_version).update(body={"facts": FACTS})
    first, second = past(9), past(5)
    for minute, number in ((12, 1), (14, 2)):
        did(first, "fact_given", minute=minute, number=number, **FACTS[number - 1])
    for grade in (1, 2, 3):
        did(first, "hint_given", step="data", grade=grade, text="x")
    did(second, "hint_given", step="data", grade=1, text="x")
    for mark in ("missed", "rescued"):
        did(first, "probe_marked", private=True, level="senior", number=1, mark=mark)
    assert first.started_at
    candidate = first.seats.get(role="candidate")
    for minute, question in ((11, "What latency may it have?"), (13, "And how many users are there a day?")):
        at = first.started_at + minute * timedelta(minutes=1)
        ChatMessage.objects.create(session=first, seat=candidate, at=at, ref=minute, text=question)
    found = room_of(ben)
    assert found
    means = {rate.name: rate.figure.value for rate in found.rates}
    assert means == {"Hints": 2, "Facts given": 1, "Probes marked": 0.5, "Changed constraints": 0}
    # the users were asked for only after they had been told
    assert (found.facts, found.in_chat) == (2, 1)
    assert dict(found.probes)["answered after help"] == 1
    assert dict(found.probes)["had no answer"] == 0
    said = text(as_ben)
    assert "2 sessions run, 1.3 hours." in said
    assert (
        "1 of 2 facts had been asked for in the chat before you gave them; for 1 the chat has no such" in said
    )


def test_means_of_ratings_from_three_on_with_their_interval(past: Past, as_ben: Client, ben: User) -> None:
    for days, clear in ((20, 5), (15, 4)):
        rated(past(days), clear=clear)
    assert "2 ratings revealed so far" in text(as_ben)
    rated(past(10), clear=3)
    said = text(as_ben)
    assert "Means of 3 ratings from 1 to 5 by 1 person" in said
    assert re.search(r"Clear 4,?\.0 2\.3 to 5\.0", said)
    assert "their ratings are not independent" in said


def test_what_is_sealed_shows_in_no_count(past: Past, as_ben: Client, ben: User) -> None:
    for days in (20, 15, 10):
        rated(past(days))
    rated(past(1), clear=1)
    assert said_of(ben.pk, NOW).count == 3
    assert "Means of 3 ratings" in text(as_ben)
    rated(past(0.5), clear=1, both=True)
    assert said_of(ben.pk, NOW).count == 4


def test_nobody_sees_anothers(past: Past, as_ada: Client, as_cleo: Client) -> None:
    for days in (20, 15, 10):
        rated(past(days))
    for client in (as_ada, as_cleo):
        assert "You have not run an interview yet" in text(client)
    assert Client().get("/progress/interviewing/").status_code == 302


def test_it_asks_no_more_of_the_database_for_more_sessions(past: Past, as_ben: Client, ben: User) -> None:
    def queries(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as caught:
            act()
        return len(caught)

    def run(count: int) -> None:
        for number in range(count):
            for days in (3 + number, 0.1 + number / 100):
                session = past(days)
                rated(session, both=True)
                did(session, "fact_given", number=1, **FACTS[0])

    run(1)
    few = queries(lambda: text(as_ben)), queries(lambda: standing_of(ben.pk, NOW))
    run(6)
    assert (queries(lambda: text(as_ben)), queries(lambda: standing_of(ben.pk, NOW))) == few
    assert few[0] <= 18
    assert few[1] == 3

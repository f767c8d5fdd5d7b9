"""Facts are given once, by whoever may, while the session runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casebank.access import guide_of
from interviews.actions import facts, sessions
from interviews.errors import Refused
from interviews.models import Event, Submission
from interviews.queries.facts import obtained
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, alone, interview, pair


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    return interview(ada, ben)


def test_a_fact_is_logged_with_question_and_answer(two: Pair) -> None:
    assert two.session.started_at
    later = two.session.started_at + timedelta(seconds=75)
    facts.give(session=two.session, seat=two.interviewer, number=2, now=later)
    wanted = guide_of(two.session.case_version)["facts"][1]
    [fact] = obtained(two.session)
    assert (fact.number, fact.ask, fact.answer, fact.second) == (2, wanted["ask"], wanted["answer"], 75)


def test_given_twice_it_is_given_once(two: Pair) -> None:
    for _ in range(2):
        facts.give(session=two.session, seat=two.interviewer, number=2, now=timezone.now())
    assert [fact.number for fact in obtained(two.session)] == [2]


def test_they_stand_in_the_order_in_which_they_were_given(two: Pair) -> None:
    for number in (3, 1):
        facts.give(session=two.session, seat=two.interviewer, number=number, now=timezone.now())
    assert [fact.number for fact in obtained(two.session)] == [3, 1]


@pytest.mark.parametrize("number", [0, -1, 999])
def test_there_are_only_the_guides_facts(number: int, two: Pair) -> None:
    with pytest.raises(Refused, match="no such fact"):
        facts.give(session=two.session, seat=two.interviewer, number=number, now=timezone.now())
    assert obtained(two.session) == []


def test_the_candidate_of_two_gives_herself_none(two: Pair) -> None:
    with pytest.raises(Refused) as refused:
        facts.give(session=two.session, seat=two.candidate, number=1, now=timezone.now())
    assert refused.value.status == 403


def test_whoever_practises_alone_may(ada: User) -> None:
    session = alone(ada)
    seat = session.seats.get()
    session = sessions.start(session=session, by=seat, now=timezone.now())
    facts.give(session=session, seat=seat, number=1, now=timezone.now())
    assert len(obtained(session)) == 1


def test_neither_before_the_start_nor_after_the_time(ada: User, ben: User) -> None:
    two = pair(ada, ben)
    with pytest.raises(Refused, match="not running"):
        facts.give(session=two.session, seat=two.interviewer, number=1, now=timezone.now())
    two.session = sessions.start(session=two.session, by=two.interviewer, now=timezone.now())
    over = timezone.now() + timedelta(hours=1)
    with pytest.raises(Refused, match="not running"):
        facts.give(session=two.session, seat=two.interviewer, number=1, now=over)
    assert not Event.objects.filter(kind="fact_given").exists()


def test_they_are_part_of_what_is_handed_in(two: Pair) -> None:
    facts.give(session=two.session, seat=two.interviewer, number=1, now=timezone.now())
    sessions.submit(session=two.session, by=two.candidate, now=timezone.now())
    events = Submission.objects.get(session=two.session).events
    assert [event["data"]["number"] for event in events if event["kind"] == "fact_given"] == [1]

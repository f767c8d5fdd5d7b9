"""What a candidate does next: from their own sheets, as far as they may see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casebank import checklist, primer
from casebank.actions import seen
from casebank.models import CaseVersion, SeenCase
from casebank.seen import bank_of
from casebank.training import load
from interviews.models import ScoreSheet
from interviews.queries.next_step import NextStep, next_step
from interviews.queries.sheets_seen import sheets_of
from mlsd_site.accounts.models import User
from tests.casebank.shelf import case
from tests.interviews import history
from tests.interviews.history import Past, sheet

DAY = timedelta(days=1)
NOW = timezone.now()
INTERVIEWER = ScoreSheet.Source.INTERVIEWER


@pytest.fixture
def past(ada: User, ben: User, case_version: CaseVersion) -> Past:
    return history.past(ada, ben, case_version, now=NOW)


def step(user: User) -> NextStep:
    return next_step(user, bank_of(user), sheets_of(user.pk, NOW), NOW)


def test_what_is_due_and_weakest_with_its_cards(past: Past, ada: User) -> None:
    sheet(past(30), 2)  # all due since, at a gap of three days
    sheet(past(20), 3, items={"evaluate.offline": 0, "clarify.latency": 1})
    sheet(past(2), 3, items={"evaluate.offline": 0, "clarify.latency": 1})
    found = step(ada)
    assert [point.id for point in found.points] == ["evaluate.offline", "clarify.latency"]
    assert all(point.is_due for point in found.points)
    assert found.points[0].text == checklist.texts()["evaluate.offline"]
    assert found.points[0].cards == primer.of_item("evaluate.offline")[:2]
    assert (found.due, found.of) == (2, 50)


def test_a_person_comes_before_a_machine_and_says_so(past: Past, ada: User, ben: User) -> None:
    session = past(10)
    sheet(session, 3, items={"evaluate.offline": 0})
    theirs = sheet(
        session, 2, source=INTERVIEWER, rater=ben, items={"clarify.latency": 0, "evaluate.offline": 3}
    )
    theirs.items.exclude(item__in=["clarify.latency", "evaluate.offline"]).delete()
    first, second = step(ada).points
    assert (first.id, first.source) == ("clarify.latency", "interviewer")
    assert (second.id, second.source) != ("evaluate.offline", "automatic")
    assert second.review.last.level == 3


def test_neither_what_is_sealed_nor_ones_own_rating_counts(past: Past, ada: User, ben: User) -> None:
    session = past(1)
    sheet(session, 0, source=INTERVIEWER, rater=ben)
    sheet(session, 0, source=ScoreSheet.Source.SELF)
    assert step(ada).points == ()
    sheet(session, 3)
    assert {point.review.last.level for point in step(ada).points} == {3}


def test_nothing_before_one_has_rated_oneself(past: Past, ada: User) -> None:
    sheet(past(10, rated=False), 0)
    assert step(ada).points == ()


def test_the_case_is_unknown_and_trains_the_weakest_step(past: Past, ada: User) -> None:
    sheet(past(10), 2, items={item: 0 for item in checklist.texts() if item.startswith("features.")})
    case("other", tags=["nothing"])
    case("trains", tags=[load()["features"][0]])
    found = step(ada).case
    assert found
    assert (found.version.case.slug, found.trains) == ("trains", True)
    assert found.weakest
    assert found.weakest.step == "features"


def test_the_page_and_the_start_page_say_it_and_begin_alone(
    past: Past, as_ada: Client, as_cleo: Client, ada: User, case_version: CaseVersion
) -> None:
    sheet(past(10), 2, items={"evaluate.offline": 0})
    seen.mark(case_id=case_version.case_id, ways={ada.pk: SeenCase.How.CANDIDATE}, now=NOW)
    fresh = case("fresh")
    for address in ("/", "/progress/"):
        page = as_ada.get(address).content.decode()
        assert checklist.texts()["evaluate.offline"] in page
        assert fresh.title in page
        theirs = as_cleo.get(address).content.decode()
        assert checklist.texts()["evaluate.offline"] not in theirs
        assert "After your first interview, rate yourself" in theirs
    wish = {"case": "fresh", "arrangement": "alone", "framework": "seven-step", "level": "senior"}
    for field, value in wish.items():
        assert f'name="{field}" value="{value}"' in page
    assert as_ada.post("/sessions/new/", wish).status_code == 302


def test_who_knows_every_case_is_told_what_else(ada: User, as_ada: Client) -> None:
    case("mine", owner=ada)
    assert step(ada).case is None
    assert "You know every case here." in as_ada.get("/progress/").content.decode()

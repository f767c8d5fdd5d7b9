from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from casebank.actions import seen
from casebank.models import Case, CaseVersion, SeenCase
from casebank.training import load
from interviews.actions import assignments
from interviews.models import Role, Session
from interviews.queries.next_case import case_for
from interviews.queries.seen import awaited_cases
from mlsd_site.accounts.models import User
from tests.casebank.shelf import case
from tests.interviews.programme import NOW, programme, terms
from tests.interviews.queries.test_weakest import sheet


@pytest.mark.parametrize("how", SeenCase.How.values)
def test_a_case_that_the_candidate_knows_is_not_asked(ada: User, ben: User, how: str) -> None:
    known = case("known")
    seen.mark(case_id=known.case_id, ways={ada.pk: how}, now=timezone.now())
    assert case_for(ada, [ben], "senior") is None
    assert case_for(ben, [ada], "senior") == known  # whoever interviews may know it


def test_a_case_that_another_session_is_about_to_ask_is_not_asked_twice(
    ada: User, ben: User, make_session: Callable[..., Session]
) -> None:
    make_session(ada, role=Role.CANDIDATE)
    assert case_for(ada, [ben], "senior") is None


def test_only_what_everybody_sees(ada: User, ben: User, cleo: User) -> None:
    case("mine", owner=ada)
    case("theirs", owner=ben)
    case("strangers", owner=cleo)
    assert case_for(ada, [ben], "senior") is None
    assert case_for(ada, [], "senior") is None  # she wrote the only one that she sees


def test_the_newest_version_of_what_trains_the_weakest_step(
    submitted: Session, case_version: CaseVersion, ada: User, ben: User
) -> None:
    sheet(submitted, features=0)
    for number in range(5):
        case(f"other-{number}", tags=["nothing"])
    case("trains", tags=[load()["features"][0]], level="mid")
    newest = case("trains", tags=[load()["features"][0]], level="mid", number=2)
    assert case_for(ada, [ben], "senior") == newest


def test_before_the_first_score_the_level_decides(ada: User, ben: User) -> None:
    case("hard", level="staff")
    easy = case("easy", level="mid")
    assert case_for(ada, [ben], "mid") == easy


@pytest.mark.parametrize("asked", ["ada", "ben"])
def test_what_a_group_is_about_to_ask_one_of_them_is_left_to_it(
    ada: User, ben: User, cleo: User, asked: str
) -> None:
    group = programme(cleo, ada, ben, cases=2)
    one = Case.objects.get(slug="case-0")
    people = [ada, cleo] if asked == "ada" else [ben, cleo]
    assignments.add(group=group, by=cleo, people=[who.pk for who in people], case=one, terms=terms(), now=NOW)
    assert awaited_cases([ada.pk, ben.pk]) == {people[0].pk: {one.pk}}
    found = case_for(ada, [ben], "senior")
    assert found
    assert found.case.slug == "case-1"


def test_nobody_interviews_on_the_case_that_they_are_to_be_asked(
    ada: User, ben: User, make_session: Callable[..., Session]
) -> None:
    make_session(ben, role=Role.CANDIDATE)
    assert case_for(ada, [ben], "senior") is None

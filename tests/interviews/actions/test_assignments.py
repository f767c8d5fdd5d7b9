"""What a group sets its people: its cases, the rota, and by hand."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from casebank.models import Case
from interviews.actions import assignments, groups, memberships, sessions
from interviews.errors import Refused
from interviews.models import Assignment, Block, Group
from mlsd_site.accounts.models import User
from tests.interviews.actions.conftest import Set
from tests.interviews.programme import NOW, knows, programme, published, terms

pytestmark = pytest.mark.django_db


def test_cases_are_those_that_the_mentor_sees(group: Group, ben: User, ada: User) -> None:
    published("secret")
    Case.objects.filter(slug="secret").update(owner=ada)
    assert groups.set_cases(group=group, by=ben, slugs=["case-1", "secret", "nonsense"]) == 1
    assert [one.case.slug for one in group.cases.select_related("case")] == ["case-1"]


@pytest.mark.parametrize("panels", [False, True])
def test_a_rota_is_fair_and_due_week_by_week(
    panels: bool, group: Group, ben: User, ada: User, dora: User
) -> None:
    members = [ben.pk, ada.pk, dora.pk]
    made, gaps = assignments.generate(
        group=group, by=ben, members=members, weeks=2, panels=panels, terms=terms(), now=NOW
    )
    assert gaps == ()
    assert Counter(one.candidate_id for one in made) == dict.fromkeys(members, 2)
    assert Counter(by for one in made for by in one.people[1:]) == dict.fromkeys(members, 2 * (1 + panels))
    assert {one.due_at - NOW for one in made} == {timedelta(days=7), timedelta(days=14)}


def test_a_rota_keeps_apart_who_blocks_and_asks_nothing_known(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    Block.objects.create(by=ada, of=dora)
    for number in range(4):
        knows(ada, f"case-{number}")
    made, _ = assignments.generate(
        group=group, by=ben, members=[ben.pk, ada.pk, dora.pk], weeks=1, panels=False, terms=terms(), now=NOW
    )
    assert made
    assert not [one for one in made if {ada.pk, dora.pk} <= set(one.people)]
    assert all(one.case.slug in ("case-4", "case-5") for one in made if one.candidate_id == ada.pk)


def test_a_second_rota_asks_nobody_what_the_first_has_them_hold(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    for _ in range(2):
        assignments.generate(
            group=group, by=ben, members=[ada.pk, dora.pk], weeks=1, panels=False, terms=terms(), now=NOW
        )
    for user in (ada, dora):
        asked = list(Assignment.objects.filter(candidate=user).values_list("case", flat=True))
        held = set(Assignment.objects.filter(interviewer=user).values_list("case", flat=True))
        assert len(asked) == len(set(asked)) == 2
        assert not held & set(asked)


def test_a_rota_needs_cases(ben: User, ada: User) -> None:
    empty = programme(ben, ada, cases=0)
    with pytest.raises(Refused, match="no case yet"):
        assignments.generate(
            group=empty, by=ben, members=[ada.pk, ben.pk], weeks=1, panels=False, terms=terms(), now=NOW
        )


def test_by_hand_only_members_who_may_meet_and_a_case_that_is_new(
    group: Group, set_one: Set, ada: User, ben: User, cleo: User, dora: User
) -> None:
    for people in ((ada, cleo), (ada, ada), (ada, dora, ada)):
        with pytest.raises(Refused, match="different people"):
            set_one(*people)
    Block.objects.create(by=dora, of=ada)
    with pytest.raises(Refused, match="cannot be put together"):
        set_one(ada, dora)
    knows(ada, "case-0")
    with pytest.raises(Refused, match="knows this case"):
        set_one(ada, ben)


def test_postgres_lets_nobody_interview_themselves(group: Group, ada: User, ben: User) -> None:
    case = Case.objects.get(slug="case-0")
    common = {"group": group, "case": case, "framework": "seven-step", "level": "mid", "due_at": NOW}
    for people in (
        {"interviewer": ada},
        {"interviewer": ben, "second": ada},
        {"interviewer": ben, "second": ben},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(candidate=ada, **people, **common)


def test_leaving_takes_back_what_was_not_begun(
    group: Group, set_one: Set, ada: User, ben: User, dora: User
) -> None:
    one = set_one(ada, dora)
    assignments.start(group=group, assignment_id=one.pk, by=ada, now=NOW)
    given_up = set_one(ben, dora)
    session = assignments.start(group=group, assignment_id=given_up.pk, by=ben, now=NOW)
    sessions.abandon(session=session, by=session.seats.get(user=ben), now=NOW)
    memberships.leave(group=group, user_id=dora.pk, now=NOW)
    assert list(group.assignments.values_list("pk", flat=True)) == [one.pk]


def test_by_hand_nobody_is_asked_what_is_set_for_them_already(
    group: Group, set_one: Set, ada: User, ben: User, dora: User
) -> None:
    one = set_one(ada, dora)
    assignments.start(group=group, assignment_id=one.pk, by=ada, now=NOW)  # in the lobby: still to be asked
    for people in ((ada, ben), (dora, ben)):
        with pytest.raises(Refused, match="has this case in another"):
            set_one(*people)
    with pytest.raises(Refused, match="still to be asked"):
        set_one(ben, ada)

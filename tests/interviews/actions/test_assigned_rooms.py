"""The rooms of what a group has set: who opens them, and how far they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interviews.actions import assignments, groups, invites, sessions
from interviews.actions.attendance import arrive
from interviews.errors import Refused
from interviews.models import Block, Group, Role
from interviews.queries.cast import cast_of
from interviews.queries.groups import people_of, rows_of, to_do
from interviews.queries.lobby import lobby_for
from mlsd_site.accounts.models import User
from tests.interviews.actions.conftest import Set
from tests.interviews.programme import NOW, knows, membership

pytestmark = pytest.mark.django_db


def test_whoever_comes_first_opens_the_room_and_the_others_find_it(
    group: Group, set_one: Set, ada: User, dora: User
) -> None:
    one = set_one(ada, dora)
    first = assignments.start(group=group, assignment_id=one.pk, by=ada, now=NOW)
    again = assignments.start(group=group, assignment_id=one.pk, by=dora, now=NOW)
    assert first == again
    assert dict(first.seats.values_list("user", "role")) == {ada.pk: "candidate", dora.pk: "interviewer"}


@pytest.mark.parametrize("who", ["ada", "ben", "dora"])
def test_a_panel_has_its_parts_whoever_opens_it(
    who: str, group: Group, set_one: Set, ada: User, ben: User, dora: User
) -> None:
    one = set_one(ada, ben, dora)
    by = {"ada": ada, "ben": ben, "dora": dora}[who]
    session = assignments.start(group=group, assignment_id=one.pk, by=by, now=NOW)
    assert dict(session.seats.values_list("user", "part")) == {ada.pk: "", ben.pk: "first", dora.pk: "second"}


def test_nobody_else_begins_it(group: Group, set_one: Set, ada: User, ben: User, dora: User) -> None:
    one = set_one(ada, dora)
    with pytest.raises(Refused) as refused:
        assignments.start(group=group, assignment_id=one.pk, by=ben, now=NOW)
    assert refused.value.status == 404


def test_what_was_learnt_meanwhile_stops_it(group: Group, set_one: Set, ada: User, dora: User) -> None:
    one = set_one(ada, dora)
    knows(ada, one.case.slug)
    with pytest.raises(Refused, match="knows this case"):
        assignments.start(group=group, assignment_id=one.pk, by=dora, now=NOW)


def test_the_mentor_sees_how_far_it_is(group: Group, set_one: Set, ada: User, ben: User, dora: User) -> None:
    one = set_one(ada, dora)
    mentor, candidate = membership(group, ben), membership(group, ada)

    def seen(now=NOW) -> list[str]:  # type: ignore[no-untyped-def]
        return [row.standing for row in rows_of(mentor, now)]

    assert seen() == ["open"]
    assert [row.case for row in rows_of(candidate, NOW)] == [""]
    assert seen(NOW + timedelta(days=8)) == ["overdue"]
    session = assignments.start(group=group, assignment_id=one.pk, by=dora, now=NOW)
    assert seen() == ["waiting"]
    sessions.abandon(session=session, by=session.seats.get(user=ada), now=NOW)
    assert seen() == ["open"]
    session = assignments.start(group=group, assignment_id=one.pk, by=dora, now=NOW)
    arrive(seat=session.seats.get(user=ada), now=NOW)
    sessions.start(session=session, by=session.seats.get(role=Role.INTERVIEWER), now=NOW)
    assert seen() == ["running"]
    sessions.submit(session=session, by=session.seats.get(user=ada), now=NOW)
    assert seen() == ["done"]
    assert [bool(row.case) for row in rows_of(candidate, NOW)] == [True]  # she was asked it
    counts = {
        one.name: (one.asked, one.held, one.late, one.last) for one in people_of(group, rows_of(mentor, NOW))
    }
    assert counts == {"Ben": (0, 0, 0, None), "Ada": (1, 0, 0, NOW), "Dora": (0, 1, 0, NOW)}


def test_a_candidate_is_not_told_the_case_before_the_room(
    group: Group, set_one: Set, ada: User, dora: User
) -> None:
    set_one(ada, dora)
    assert [row.case for row in to_do(ada, NOW)] == [""]
    assert [row.case for row in to_do(dora, NOW)] == ["Case 0"]


def test_a_closed_group_begins_nothing(group: Group, set_one: Set, ada: User, dora: User) -> None:
    one = set_one(ada, dora)
    groups.close(group=group, now=NOW)
    with pytest.raises(Refused, match="closed"):
        assignments.start(group=group, assignment_id=one.pk, by=ada, now=NOW)
    assert to_do(ada, NOW) == []


def test_what_was_given_up_counts_as_not_begun(
    group: Group, set_one: Set, ada: User, ben: User, dora: User
) -> None:
    one = set_one(ada, dora)
    session = assignments.start(group=group, assignment_id=one.pk, by=ada, now=NOW)
    assignments.withdraw(group=group, assignment_id=one.pk, by=ben, now=NOW)
    assert group.assignments.exists()
    sessions.abandon(session=session, by=session.seats.get(user=ada), now=NOW)
    assert [row.standing for row in to_do(ada, NOW)] == ["open"]
    assert rows_of(membership(group, ben), NOW)[0].may_withdraw
    assignments.withdraw(group=group, assignment_id=one.pk, by=ben, now=NOW)
    assert not group.assignments.exists()


def test_what_was_held_is_not_to_do(group: Group, set_one: Set, ada: User, dora: User) -> None:
    one = set_one(ada, dora)
    session = assignments.start(group=group, assignment_id=one.pk, by=ada, now=NOW)
    arrive(seat=session.seats.get(user=ada), now=NOW)
    sessions.start(session=session, by=session.seats.get(user=dora), now=NOW)
    assert [row.standing for row in to_do(ada, NOW)] == ["running"]
    sessions.submit(session=session, by=session.seats.get(user=ada), now=NOW)
    assert to_do(ada, NOW) == []


def test_the_clock_waits_for_a_candidate_who_has_not_opened_the_room(
    group: Group, set_one: Set, ada: User, dora: User
) -> None:
    one = set_one(ada, dora)
    session = assignments.start(group=group, assignment_id=one.pk, by=dora, now=NOW)
    with pytest.raises(Refused, match="Ada has not opened"):
        sessions.start(session=session, by=session.seats.get(user=dora), now=NOW)
    arrive(seat=session.seats.get(user=ada), now=NOW)
    session = sessions.start(session=session, by=session.seats.get(user=dora), now=NOW)
    assert session.state == "live"


@pytest.mark.parametrize("absent", ["ben", "dora"])
def test_a_panel_goes_on_without_who_has_not_opened_the_room(
    absent: str, group: Group, set_one: Set, ada: User, ben: User, dora: User
) -> None:
    one = set_one(ada, ben, dora)
    here = dora if absent == "ben" else ben
    session = assignments.start(group=group, assignment_id=one.pk, by=here, now=NOW)
    mine = session.seats.select_related("session").get(user=here)
    with pytest.raises(Refused, match="no free"):
        invites.go_on_with_one(session=session, by=mine, now=NOW)
    for user in (ada, here):
        arrive(seat=session.seats.get(user=user), now=NOW)
    assert lobby_for(mine, cast_of(mine.session), NOW).absent == absent.title()
    session = invites.go_on_with_one(session=session, by=mine, now=NOW)
    mine.refresh_from_db()
    one.refresh_from_db()
    assert (one.interviewer, one.second, mine.part) == (here, None, "")
    assert to_do(ben if absent == "ben" else dora, NOW) == []
    assert sessions.start(session=session, by=mine, now=NOW).state == "live"


def test_nothing_begins_with_who_has_left(group: Group, set_one: Set, ada: User, dora: User) -> None:
    one = set_one(ada, dora)
    group.memberships.filter(user=dora).update(left_at=NOW)
    with pytest.raises(Refused, match="Ask the mentor"):
        assignments.start(group=group, assignment_id=one.pk, by=ada, now=NOW)


def test_who_may_not_meet_any_more_asks_the_mentor(group: Group, set_one: Set, ada: User, dora: User) -> None:
    one = set_one(ada, dora)
    Block.objects.create(by=dora, of=ada)
    with pytest.raises(Refused, match="Ask the mentor"):
        assignments.start(group=group, assignment_id=one.pk, by=ada, now=NOW)

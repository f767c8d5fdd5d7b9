from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from casebank.actions import seen
from casebank.models import Case, SeenCase
from interviews.actions import assignments, groups, invites, memberships, sessions
from interviews.actions.attendance import arrive
from interviews.errors import Refused
from interviews.models import Assignment, Block, Group, Membership, OutgoingMail, Role
from interviews.queries.groups import groups_of, people_of, rows_of, to_do
from interviews.queries.lobby import lobby_for
from mlsd_site.accounts.models import User
from tests.interviews.programme import NOW, join, person, programme, published, terms

pytestmark = pytest.mark.django_db
Set = Callable[..., Assignment]


@pytest.fixture
def dora(db: None) -> User:
    return person("Dora")


@pytest.fixture
def group(ben: User, ada: User, dora: User) -> Group:
    return programme(ben, ada, dora)


@pytest.fixture
def set_one(group: Group, ben: User) -> Set:
    """set_one(ada, dora): Ben sets that Dora interviews Ada."""

    def set_one(*people: User) -> Assignment:
        case = Case.objects.get(slug="case-0")
        return assignments.add(
            group=group, by=ben, people=[one.pk for one in people], case=case, terms=terms(), now=NOW
        )

    return set_one


def knows(user: User, slug: str) -> None:
    seen.mark(case_id=Case.objects.get(slug=slug).pk, ways={user.pk: SeenCase.How.GUIDE}, now=NOW)


def membership(group: Group, user: User) -> Membership:
    return Membership.objects.select_related("group").get(group=group, user=user)


def test_whoever_makes_a_group_is_its_mentor(group: Group, ben: User, ada: User) -> None:
    assert membership(group, ben).is_mentor
    assert not membership(group, ada).is_mentor


def test_a_link_seats_many_and_joining_twice_is_once(group: Group, ben: User, cleo: User) -> None:
    join(group, ben, cleo, cleo, person("Emil"))
    assert group.memberships.filter(left_at=None).count() == 5


def test_an_invitation_by_mail_works_once_and_for_its_address(
    group: Group, ben: User, cleo: User, ada: User
) -> None:
    tokens: list[str] = []

    def link(token: str) -> str:
        tokens.append(token)
        return f"https://site.example/{token}"

    memberships.invite(group=group, by=ben, email="CLEO@example.com", link=link, now=NOW)
    assert OutgoingMail.objects.get().to == "cleo@example.com"
    with pytest.raises(Refused) as refused:
        memberships.join(token=tokens[0], by=person("Emil"), now=NOW)
    assert refused.value.code == "invite_for_another"
    memberships.join(token=tokens[0], by=cleo, now=NOW)
    with pytest.raises(Refused) as refused:
        memberships.join(token=tokens[0], by=cleo, now=NOW)
    assert (refused.value.code, refused.value.status) == ("invite_used", 410)


@pytest.mark.parametrize("how", ["expired", "revoked", "replaced", "closed"])
def test_a_dead_link_opens_nothing(how: str, group: Group, ben: User, cleo: User) -> None:
    token, later = memberships.make_link(group=group, by=ben, now=NOW), NOW
    if how == "expired":
        later = NOW + timedelta(days=15)
    elif how == "revoked":
        memberships.revoke(group=group, invite_id=group.invites.latest("pk").pk, now=NOW)
    elif how == "replaced":
        memberships.make_link(group=group, by=ben, now=NOW)
    else:
        groups.close(group=group, now=NOW)
    with pytest.raises(Refused) as refused:
        memberships.join(token=token, by=cleo, now=later)
    assert refused.value.status == 410


def test_who_was_removed_comes_back_by_an_own_invitation_only(group: Group, ben: User, ada: User) -> None:
    memberships.leave(group=group, user_id=ada.pk, now=NOW, removed=True)
    with pytest.raises(Refused, match="taken you out"):
        join(group, ben, ada)
    tokens: list[str] = []
    memberships.invite(group=group, by=ben, email=ada.email, link=lambda t: tokens.append(t) or t, now=NOW)  # type: ignore[func-returns-value]
    assert memberships.join(token=tokens[0], by=ada, now=NOW).left_at is None


def test_who_left_may_come_back(group: Group, ben: User, ada: User) -> None:
    memberships.leave(group=group, user_id=ada.pk, now=NOW)
    join(group, ben, ada)
    assert membership(group, ada).left_at is None


def test_a_group_never_loses_its_last_mentor(group: Group, ben: User, ada: User) -> None:
    with pytest.raises(Refused, match="only mentor"):
        memberships.leave(group=group, user_id=ben.pk, now=NOW)
    with pytest.raises(Refused, match="at least one"):
        memberships.set_role(group=group, user_id=ben.pk, role=Membership.Role.MEMBER)
    memberships.set_role(group=group, user_id=ada.pk, role=Membership.Role.MENTOR)
    memberships.leave(group=group, user_id=ben.pk, now=NOW)
    assert not group.memberships.filter(user=ben, left_at=None).exists()


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
    mentor = membership(group, ben)

    def seen(now=NOW) -> list[str]:  # type: ignore[no-untyped-def]
        return [row.standing for row in rows_of(mentor, now)]

    assert seen() == ["open"]
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
    assert lobby_for(mine, NOW).absent == absent.title()
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


def test_expired_invitations_are_not_open(group: Group, ben: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memberships, "MOST_OPEN", 1)

    def invite(email: str, days: int) -> None:
        memberships.invite(
            group=group, by=ben, email=email, link=lambda token: token, now=NOW + timedelta(days=days)
        )

    group.invites.all().delete()
    invite("one@example.com", 0)
    with pytest.raises(Refused, match="are open"):
        invite("two@example.com", 13)
    invite("two@example.com", 15)


def test_the_mentor_leaves_a_closed_group(group: Group, ben: User) -> None:
    groups.close(group=group, now=NOW)
    memberships.leave(group=group, user_id=ben.pk, now=NOW)
    assert not group.memberships.filter(user=ben, left_at=None).exists()


def test_a_group_closes_behind_the_last_one(ben: User) -> None:
    alone = groups.create(by=ben, name="Alone", description="", now=NOW)
    token = memberships.make_link(group=alone, by=ben, now=NOW)
    memberships.leave(group=alone, user_id=ben.pk, now=NOW)
    alone.refresh_from_db()
    assert alone.closed_at == NOW
    with pytest.raises(Refused) as refused:
        memberships.look(token=token, now=NOW)
    assert refused.value.code == "invite_revoked"


def test_open_groups_come_first(group: Group, ben: User) -> None:
    closed = groups.create(by=ben, name="A closed one", description="", now=NOW)
    groups.close(group=closed, now=NOW)
    assert [one.membership.group for one in groups_of(ben, NOW)] == [group, closed]


@pytest.mark.parametrize("how", ["revoked", "replaced", "closed"])
def test_a_mail_that_has_not_left_is_stopped_with_its_invitation(how: str, group: Group, ben: User) -> None:
    def invite() -> None:
        memberships.invite(group=group, by=ben, email="emil@example.com", link=lambda token: token, now=NOW)

    invite()
    mail = OutgoingMail.objects.get()
    assert mail.useful_until == NOW + timedelta(days=14)
    if how == "revoked":
        memberships.revoke(group=group, invite_id=group.invites.latest("pk").pk, now=NOW)
    elif how == "replaced":
        invite()
    else:
        groups.close(group=group, now=NOW)
    mail.refresh_from_db()
    assert mail.state == OutgoingMail.State.STALE


def test_links_into_a_group_are_not_made_without_end(group: Group, ben: User) -> None:
    later = NOW + timedelta(hours=1)  # a count of its own
    for _ in range(30):
        memberships.make_link(group=group, by=ben, now=later)
    with pytest.raises(Refused) as refused:
        memberships.make_link(group=group, by=ben, now=later)
    assert refused.value.status == 429

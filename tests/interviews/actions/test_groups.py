"""Who is in a group, who invites whom, and what becomes of a group that is left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interviews.actions import groups, memberships
from interviews.errors import Refused
from interviews.models import Group, Membership, OutgoingMail
from interviews.queries.groups import groups_of
from mlsd_site.accounts.models import User
from tests.interviews.programme import NOW, join, membership, person

pytestmark = pytest.mark.django_db


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
    memberships.leave(group=group, user_id=ada.pk, now=NOW, removed_by=ben.pk)
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
        memberships.set_role(group=group, user_id=ben.pk, role=Membership.Role.MEMBER, by=ben.pk, now=NOW)
    memberships.set_role(group=group, user_id=ada.pk, role=Membership.Role.MENTOR, by=ben.pk, now=NOW)
    memberships.leave(group=group, user_id=ben.pk, now=NOW)
    assert not group.memberships.filter(user=ben, left_at=None).exists()


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

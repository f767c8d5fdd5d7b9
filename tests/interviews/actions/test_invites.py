from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from interviews.actions import invites
from interviews.errors import Refused
from interviews.models import Invite, Mode, Session
from mlsd_site.accounts.models import User
from tests.interviews.stage import alone

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def session(ada: User) -> Session:
    return alone(ada, mode=Mode.PEER, now=NOW)


def invite(session: Session) -> str:
    return invites.create(
        session=session, by=session.seats.get(role="candidate"), role="interviewer", now=NOW
    )[1]


def test_an_invite_seats_the_partner_as_interviewer(session: Session, ben: User) -> None:
    seat = invites.redeem(token=invite(session), by=ben, now=NOW)
    assert (seat.role, seat.user) == ("interviewer", ben)


@pytest.mark.asvs("11.4.3")
def test_the_token_is_stored_only_as_a_hash(session: Session) -> None:
    token = invite(session)
    assert len(token) >= 32
    assert token not in str(Invite.objects.values())


def test_a_second_claimant_is_told_so(session: Session, ben: User, cleo: User) -> None:
    token = invite(session)
    invites.redeem(token=token, by=ben, now=NOW)
    with pytest.raises(Refused) as refused:
        invites.redeem(token=token, by=cleo, now=NOW)
    assert (refused.value.code, refused.value.status) == ("invite_used", 410)


def test_an_invite_expires(session: Session, ben: User) -> None:
    token = invite(session)
    with pytest.raises(Refused, match="has expired"):
        invites.redeem(token=token, by=ben, now=NOW + timedelta(hours=73))


def test_a_new_link_replaces_the_old(session: Session, ben: User) -> None:
    old, new = invite(session), invite(session)
    with pytest.raises(Refused, match="newest link"):
        invites.redeem(token=old, by=ben, now=NOW)
    assert invites.redeem(token=new, by=ben, now=NOW).pk


def test_a_withdrawn_invite_opens_nothing(session: Session, ben: User) -> None:
    token = invite(session)
    assert invites.revoke(session=session, by=session.seats.get(), role="interviewer", now=NOW) == 1
    with pytest.raises(Refused) as refused:
        invites.redeem(token=token, by=ben, now=NOW)
    assert refused.value.code == "invite_revoked"


def test_a_wrong_token_is_not_found(ben: User) -> None:
    with pytest.raises(Refused) as refused:
        invites.redeem(token="x" * 32, by=ben, now=NOW)
    assert refused.value.status == 404


def test_one_cannot_take_the_seat_opposite_oneself(session: Session, ada: User) -> None:
    with pytest.raises(Refused, match="already sit"):
        invites.redeem(token=invite(session), by=ada, now=NOW)


def test_a_taken_seat_gets_no_new_invite(session: Session, ben: User) -> None:
    invites.redeem(token=invite(session), by=ben, now=NOW)
    with pytest.raises(Refused, match="already taken"):
        invite(session)

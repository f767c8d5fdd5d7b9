"""Invitations to a person, by mail: for people with and without an account, and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from interviews.limits import LINK
from interviews.models import Block, Invite, OutgoingMail, Session
from mlsd_site.accounts.models import User
from tests.conftest import PASSWORD

HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(make_session: Callable[..., Session], ada: User) -> Session:
    """Ada waits for an interviewer."""
    return make_session(ada)


@pytest.fixture
def invite(session: Session, as_ada: Client) -> Callable[[str], str]:
    """Ada writes to an address; what her page says."""

    def invite(email: str) -> str:
        wish = {"role": "interviewer", "email": email}
        return as_ada.post(f"/sessions/{session.pk}/invite/", wish, headers=HTMX).content.decode()

    return invite


def mailed() -> str:
    """The path of the newest link that was queued."""
    found = re.search(r"http://testserver(/invites/[\w-]+/)", OutgoingMail.objects.latest("pk").body)
    assert found
    return found[1]


def test_the_link_goes_to_the_address_and_nowhere_else(
    invite: Callable[[str], str], session: Session
) -> None:
    said = invite("Ben@Example.com")
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == ("ben@example.com", "Ada invites you to a mock interview")
    assert "ben@example.com" in said
    assert mailed() not in said


def test_the_person_takes_the_seat(
    invite: Callable[[str], str], session: Session, ben: User, as_ben: Client
) -> None:
    invite(ben.email)
    assert "Ada invites you" in as_ben.get(mailed(), follow=True).content.decode()
    assert as_ben.post("/invites/")["Location"] == f"/sessions/{session.pk}/"
    assert session.seats.get(user=ben).role == "interviewer"


def test_somebody_without_an_account_signs_up_and_lands_in_the_seat(
    invite: Callable[[str], str], session: Session, client: Client
) -> None:
    invite("dora@example.com")
    page = client.get(mailed(), follow=True).content.decode()
    assert "Ada invites you to a mock interview" in page
    way = re.search(r'href="(/accounts/signup/\?[^"]+)"', page)
    assert way
    form = client.get(way[1].replace("&amp;", "&")).content.decode()
    assert 'value="dora@example.com"' in form
    back = re.search(r'name="next" value="([^"]+)"', form)
    assert back
    person = {
        "display_name": "Dora",
        "email": "dora@example.com",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    arrived = client.post("/accounts/signup/", {**person, "next": back[1]}, follow=True)
    assert "Take the seat" in arrived.content.decode()
    assert client.post("/invites/")["Location"] == f"/sessions/{session.pk}/"
    assert session.seats.get(user__email="dora@example.com").role == "interviewer"


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_account_is_refused_and_the_seat_is_kept(
    method: str, invite: Callable[[str], str], session: Session, ben: User, as_ben: Client, as_cleo: Client
) -> None:
    invite(ben.email)
    as_cleo.get(mailed())
    answer = getattr(as_cleo, method)("/invites/")
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "for somebody else" in said
    assert ben.email not in said
    assert session.seats.count() == 1
    as_ben.get(mailed())
    assert as_ben.post("/invites/").status_code == 302


@pytest.mark.parametrize(("verified", "status"), [(True, 302), (False, 403)])
def test_a_second_address_opens_it_once_confirmed(
    verified: bool, status: int, invite: Callable[[str], str], cleo: User, as_cleo: Client
) -> None:
    EmailAddress.objects.create(user=cleo, email="cleo@work.example", verified=verified)
    invite("cleo@work.example")
    as_cleo.get(mailed())
    assert as_cleo.post("/invites/").status_code == status


def test_nothing_tells_whether_an_address_has_an_account(
    invite: Callable[[str], str], ben: User, ada: User
) -> None:
    def said(email: str) -> str:
        page = re.sub(r'value="\w{64}"|<time.*?</time>', "", invite(email))
        return page.replace(email, "")

    answers = {said(ben.email), said("nobody@example.com")}
    Block.objects.create(by=ben, of=ada)
    answers.add(said(ben.email))
    assert len(answers) == 1


def test_who_has_blocked_the_inviter_gets_no_mail(invite: Callable[[str], str], ada: User, ben: User) -> None:
    Block.objects.create(by=ben, of=ada)
    invite(ben.email)
    assert not OutgoingMail.objects.exists()
    assert Invite.objects.get().email == ben.email


@pytest.mark.parametrize(
    "email", ["", "ben", "a@b\nBcc: c@d.example", "x" * 300 + "@example.com", "<script>@x"]
)
def test_what_is_no_address_is_said_and_nothing_sent(email: str, session: Session, as_ada: Client) -> None:
    wish = {"role": "interviewer", "email": email}
    for headers in (HTMX, {}):
        answer = as_ada.post(f"/sessions/{session.pk}/invite/", wish, headers=headers)
        assert answer.status_code == 422
        assert "No mail was sent" in answer.content.decode()
    assert not Invite.objects.exists()


def test_the_same_address_is_not_written_to_again_and_again(
    invite: Callable[[str], str], session: Session
) -> None:
    said = [invite("flooded@example.com") for _ in range(6)]
    assert "more than 4 times" in said[-1]
    assert OutgoingMail.objects.count() == 4


def test_a_withdrawn_invitation_opens_nothing(
    invite: Callable[[str], str], session: Session, ben: User, as_ada: Client, as_ben: Client
) -> None:
    invite(ben.email)
    link = mailed()
    as_ada.post(f"/sessions/{session.pk}/invite/revoke/", {"role": "interviewer"})
    assert as_ben.get(link, follow=True).status_code == 410


@pytest.mark.asvs("1.3.11")
def test_a_hostile_name_stays_in_its_line(invite: Callable[[str], str], ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(display_name="Ada\nBcc: x@y")
    invite("ben@example.com")
    assert OutgoingMail.objects.get().subject == "Ada Bcc: x@y invites you to a mock interview"


def test_a_stranger_sends_none(session: Session, as_cleo: Client) -> None:
    wish = {"role": "interviewer", "email": "x@example.com"}
    assert as_cleo.post(f"/sessions/{session.pk}/invite/", wish).status_code == 404
    assert not OutgoingMail.objects.exists()


def test_only_who_sent_it_reads_the_address(
    session: Session,
    make_session: Callable[..., Session],
    ada: User,
    ben: User,
    as_ada: Client,
    as_ben: Client,
) -> None:
    panel = make_session(ada, panel=True, others=[("interviewer", ben)])
    wish = {"role": "interviewer", "part": "second", "email": "dan@example.com"}
    assert (
        "dan@example.com" in as_ada.post(f"/sessions/{panel.pk}/invite/", wish, headers=HTMX).content.decode()
    )
    assert "dan@example.com" not in as_ben.get(f"/sessions/{panel.pk}/").content.decode()


@pytest.mark.parametrize("how", ["revoked", "replaced", "given up"])
def test_a_mail_that_has_not_left_is_stopped_with_its_invitation(
    how: str, make_session: Callable[..., Session], ada: User, ben: User, as_ada: Client
) -> None:
    panel = make_session(ada, panel=True, others=[("interviewer", ben)])
    wish = {"role": "interviewer", "part": "second"}
    as_ada.post(f"/sessions/{panel.pk}/invite/", {**wish, "email": "dan@example.com"})
    path = {"revoked": "invite/revoke/", "replaced": "invite/", "given up": "one-interviewer/"}[how]
    as_ada.post(f"/sessions/{panel.pk}/{path}", wish)
    assert OutgoingMail.objects.get().state == OutgoingMail.State.STALE


def test_who_has_no_name_is_not_named_by_their_address(invite: Callable[[str], str], ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(display_name="")
    invite("ben@example.com")
    mail = OutgoingMail.objects.get()
    assert ada.email not in mail.subject + mail.body


def test_links_are_not_made_without_end(session: Session, as_ada: Client) -> None:
    answers = [
        as_ada.post(f"/sessions/{session.pk}/invite/", {"role": "interviewer"}).status_code
        for _ in range(LINK.most + 1)
    ]
    assert answers == [200] * LINK.most + [429]
    assert Invite.objects.count() == LINK.most

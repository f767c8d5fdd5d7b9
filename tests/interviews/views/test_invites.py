from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import invites
from interviews.errors import Refused
from interviews.models import Invite, Session
from mlsd_site.accounts.models import User

PASSWORD = "correct horse battery"
INTERVIEWER, OBSERVER = {"role": "interviewer"}, {"role": "observer"}


@pytest.fixture
def session(make_session: Callable[..., Session], ada: User) -> Session:
    """Ada waits for an interviewer."""
    return make_session(ada)


@pytest.fixture
def link(session: Session, as_ada: Client) -> str:
    """The path of Ada's invite link."""
    panel = as_ada.post(
        f"/sessions/{session.pk}/invite/", INTERVIEWER, headers={"HX-Request": "true"}
    ).content.decode()
    found = re.search(r'value="http://testserver(/invites/[\w-]+/)"', panel)
    assert found
    return found[1]


def test_the_link_is_shown_once_with_a_copy_button(session: Session, link: str, as_ada: Client) -> None:
    room = as_ada.get(f"/sessions/{session.pk}/").content.decode()
    assert link not in room
    assert "cannot be shown again" in room


def test_without_scripts_the_link_has_a_page(session: Session, as_ada: Client) -> None:
    page = as_ada.post(f"/sessions/{session.pk}/invite/", INTERVIEWER)
    assert "/invites/" in page.content.decode()
    assert "Back to the room" in page.content.decode()


@pytest.mark.asvs("14.2.1")
def test_a_link_that_leaks_by_its_address_is_left_behind_at_once(link: str, as_ben: Client) -> None:
    response = as_ben.get(link)
    assert (response.status_code, response["Location"]) == (302, "/invites/")
    assert "no-store" in response["Cache-Control"]


def test_the_page_says_who_invites_whom_to_what(link: str, as_ben: Client) -> None:
    page = as_ben.get(link, follow=True).content.decode()
    assert "Ada invites you" in page
    assert "Ad click prediction" in page
    assert "<strong>Interviewer</strong>" in page
    assert not Invite.objects.filter(used_at__isnull=False).exists()


def test_accepting_leads_to_the_room(session: Session, link: str, ben: User, as_ben: Client) -> None:
    as_ben.get(link)
    assert as_ben.post("/invites/")["Location"] == f"/sessions/{session.pk}/"
    assert session.seats.get(user=ben).role == "interviewer"


def test_a_visitor_signs_up_on_the_way_and_the_invite_waits(
    session: Session, link: str, client: Client
) -> None:
    page = client.get(link, follow=True).content.decode()
    assert "Ada invites you" in page
    assert "/accounts/signup/?next=%2Finvites%2F" in page
    assert client.post("/invites/")["Location"] == "/accounts/login/?next=/invites/"
    newcomer = {
        "display_name": "Dora",
        "email": "dora@example.com",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "next": "/invites/",
    }
    arrived = client.post("/accounts/signup/", newcomer, follow=True)
    assert "Ada invites you" in arrived.content.decode()
    assert client.post("/invites/")["Location"] == f"/sessions/{session.pk}/"


def test_a_visitor_logs_in_on_the_way(link: str, ben: User, client: Client) -> None:
    client.get(link)
    wish = {"login": ben.email, "password": PASSWORD, "next": "/invites/"}
    assert "Ada invites you" in client.post("/accounts/login/", wish, follow=True).content.decode()


def test_the_second_claimant_is_told_that_the_seat_is_taken(
    link: str, as_ben: Client, as_cleo: Client
) -> None:
    as_cleo.get(link)
    as_ben.get(link)
    as_ben.post("/invites/")
    late = as_cleo.post("/invites/")
    assert late.status_code == 410
    assert "This seat is taken" in late.content.decode()


def test_an_expired_link_says_so(link: str, as_ben: Client) -> None:
    invite = Invite.objects.get()
    Invite.objects.update(created_at=invite.created_at - timedelta(days=4), expires_at=invite.created_at)
    page = as_ben.get(link, follow=True)
    assert page.status_code == 410
    assert "This invitation has expired" in page.content.decode()


def test_a_withdrawn_link_says_so(session: Session, link: str, as_ada: Client, as_ben: Client) -> None:
    as_ada.post(f"/sessions/{session.pk}/invite/revoke/", INTERVIEWER)
    page = as_ben.get(link, follow=True)
    assert page.status_code == 410
    assert "This invitation was withdrawn" in page.content.decode()


def test_a_new_link_replaces_the_old_one(session: Session, link: str, as_ada: Client, as_ben: Client) -> None:
    as_ada.post(f"/sessions/{session.pk}/invite/", INTERVIEWER)
    assert as_ben.get(link, follow=True).status_code == 410


def test_an_unknown_link_is_not_found(as_ben: Client) -> None:
    page = as_ben.get("/invites/no-such-token/", follow=True)
    assert page.status_code == 404
    assert "Check that you copied all of it" in page.content.decode()


def test_no_link_at_all_is_not_found(as_ben: Client) -> None:
    assert as_ben.get("/invites/").status_code == 404
    assert as_ben.post("/invites/").status_code == 404


def test_ones_own_link_leads_to_the_room(session: Session, link: str, as_ada: Client) -> None:
    page = as_ada.get(link, follow=True)
    assert page.status_code == 409
    assert "You already sit in this session" in page.content.decode()
    assert f"/sessions/{session.pk}/" in page.content.decode()


def test_nobody_takes_both_seats(link: str, as_ada: Client) -> None:
    as_ada.get(link)
    assert as_ada.post("/invites/").status_code == 409


def test_alone_there_is_nobody_to_invite(
    make_session: Callable[..., Session], ada: User, as_ada: Client
) -> None:
    assert (
        as_ada.post(f"/sessions/{make_session(ada, mode='solo').pk}/invite/", INTERVIEWER).status_code == 409
    )


@pytest.fixture
def watching(live: Session, as_ada: Client, as_cleo: Client) -> Session:
    """Cleo watches Ada and Ben."""
    panel = as_ada.post(
        f"/sessions/{live.pk}/invite/", OBSERVER, headers={"HX-Request": "true"}
    ).content.decode()
    found = re.search(r'value="http://testserver(/invites/[\w-]+/)"', panel)
    assert found
    assert "watch" in as_cleo.get(found[1], follow=True).content.decode()
    as_cleo.post("/invites/")
    return live


def test_who_watches_sees_the_room_and_neither_guide_nor_private_notes(
    watching: Session, as_cleo: Client
) -> None:
    page = as_cleo.get(f"/sessions/{watching.pk}/").content.decode()
    assert '"draws": false' in page
    assert "data-private" not in page
    assert as_cleo.get(f"/sessions/{watching.pk}/guide/").status_code == 403
    for path in ("start/", "pause/", "submit/"):
        assert as_cleo.post(f"/sessions/{watching.pk}/{path}").status_code == 403


def test_who_watches_invites_nobody(watching: Session, as_cleo: Client) -> None:
    for wish in (INTERVIEWER, OBSERVER):
        assert as_cleo.post(f"/sessions/{watching.pk}/invite/", wish).status_code == 409


def test_no_link_leads_to_a_seat_that_there_is_not(live: Session, as_ada: Client) -> None:
    assert as_ada.post(f"/sessions/{live.pk}/invite/", {"role": "candidate"}).status_code == 409
    assert as_ada.post(f"/sessions/{live.pk}/invite/", {"role": "admin"}).status_code == 422


def test_who_watches_is_sent_away_and_stays_away(
    watching: Session, cleo: User, as_ben: Client, as_cleo: Client
) -> None:
    seat = watching.seats.get(user=cleo)
    listed = as_ben.post(f"/sessions/{watching.pk}/people/{seat.pk}/dismiss/", headers={"HX-Request": "true"})
    assert "Cleo" not in listed.content.decode()
    assert as_cleo.get(f"/sessions/{watching.pk}/").status_code == 404
    link = as_ben.post(
        f"/sessions/{watching.pk}/invite/", OBSERVER, headers={"HX-Request": "true"}
    ).content.decode()
    found = re.search(r'value="http://testserver(/invites/[\w-]+/)"', link)
    assert found
    as_cleo.get(found[1])
    assert "You have left this session" in as_cleo.post("/invites/").content.decode()


def test_who_watches_may_leave(watching: Session, cleo: User, as_cleo: Client) -> None:
    seat = watching.seats.get(user=cleo)
    assert as_cleo.post(f"/sessions/{watching.pk}/people/{seat.pk}/dismiss/")["Location"] == "/sessions/"
    assert as_cleo.get(f"/sessions/{watching.pk}/").status_code == 404


def test_nobody_sends_away_candidate_or_interviewer(
    watching: Session, ada: User, ben: User, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    for client, other in ((as_ada, ben), (as_ben, ada), (as_cleo, ada), (as_cleo, ben), (as_ada, ada)):
        seat = watching.seats.get(user=other)
        assert client.post(f"/sessions/{watching.pk}/people/{seat.pk}/dismiss/").status_code == 404
    assert watching.seats.filter(left_at=None).count() == 3


def test_five_may_watch(live: Session, ada: User) -> None:
    seat = live.seats.get(user=ada)
    for number in range(5):
        _, token = invites.create(session=live, by=seat, role="observer", now=timezone.now())
        guest = User.objects.create_user(
            f"guest{number}@example.com", PASSWORD, display_name=f"Guest {number}"
        )
        invites.redeem(token=token, by=guest, now=timezone.now())
    with pytest.raises(Refused, match="5 people watch"):
        invites.create(session=live, by=seat, role="observer", now=timezone.now())

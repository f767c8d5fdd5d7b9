"""The call's servers and somebody's own link to a call: who gets them, and what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import calls, invites, sessions
from interviews.errors import Refused
from interviews.models import CallLink, Event, Session
from interviews.queries.calls import LIFETIME
from interviews.rules import turn
from mlsd_site.accounts.models import User
from mlsd_site.call_servers import check_call_servers

HOUR = timedelta(hours=1)
LINK = "https://meet.example.com/abc?x=1&y=2"
HTMX = {"HX-Request": "true"}
SECRET = "a-secret-of-the-relay-and-ours"


@pytest.fixture
def relay(settings: Settings) -> None:
    settings.STUN_URLS = ["stun:turn.example.com"]
    settings.TURN_URLS = ["turn:turn.example.com?transport=udp", "turns:turn.example.com"]
    settings.TURN_SECRET = SECRET


@pytest.fixture
def watching(live: Session, ben: User, cleo: User) -> None:
    _, token = invites.create(session=live, by=live.seats.get(user=ben), role="observer", now=timezone.now())
    invites.redeem(token=token, by=cleo, now=timezone.now())


def test_without_servers_of_ones_own_none_is_named(live: Session, as_ada: Client) -> None:
    assert as_ada.get(f"/sessions/{live.pk}/call/").json() == {
        "ice_servers": [],
        "expires_in": 7200,
        "relays": False,
    }


def test_a_seat_gets_a_password_of_its_own_that_expires(
    relay: None, live: Session, ada: User, as_ada: Client
) -> None:
    answer = as_ada.get(f"/sessions/{live.pk}/call/")
    stun, relays = answer.json()["ice_servers"]
    assert stun == {"urls": ["stun:turn.example.com"]}
    expires, name = relays["username"].split(":")
    assert name == str(live.seats.get(user=ada).pk)
    ends = datetime.fromtimestamp(int(expires), UTC)
    assert 7000 < (ends - timezone.now()).total_seconds() <= 7200
    assert (
        relays["credential"]
        == turn.credential(secret=SECRET, name=name, now=ends - LIFETIME, lifetime=LIFETIME).password
    )
    assert SECRET not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_passwords_are_counted(relay: None, live: Session, as_ada: Client) -> None:
    codes = [as_ada.get(f"/sessions/{live.pk}/call/").status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]


def test_who_watches_gets_none(relay: None, live: Session, watching: None, as_cleo: Client) -> None:
    assert as_cleo.get(f"/sessions/{live.pk}/call/").status_code == 403


def test_people_call_on_for_an_hour_after_the_end(relay: None, submitted: Session, as_ada: Client) -> None:
    page = f"/sessions/{submitted.pk}/"
    assert as_ada.get(f"{page}call/").status_code == 200
    assert 'id="call-bar"' in as_ada.get(page).content.decode()
    Session.objects.update(ended_at=timezone.now() - HOUR)
    assert 'id="call-bar"' not in as_ada.get(page).content.decode()
    assert as_ada.get(f"/sessions/{submitted.pk}/call/").status_code == 403


def test_only_the_room_may_ask_for_microphone_and_camera(live: Session, as_ada: Client) -> None:
    room = as_ada.get(f"/sessions/{live.pk}/")
    assert "microphone=(self)" in room["Permissions-Policy"]
    assert "camera=(self)" in room["Permissions-Policy"]
    for address in ("/", "/sessions/", f"/sessions/{live.pk}/chat/", "/nowhere/"):
        assert as_ada.get(address)["Permissions-Policy"].startswith("camera=(), microphone=()")


def test_a_link_is_shown_to_everybody_and_says_where_it_leads(
    live: Session, watching: None, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    as_ada.post(f"/sessions/{live.pk}/call/link/share/", {"url": f" {LINK} "})
    for client in (as_ben, as_cleo):
        for path in ("", "call/link/"):
            page = client.get(f"/sessions/{live.pk}/{path}").content.decode()
            assert (
                'href="https://meet.example.com/abc?x=1&amp;y=2" target="_blank" rel="noopener noreferrer"'
                in page
            )
            assert "Call at meet.example.com" in page
    event = Event.objects.get(session=live, kind="call_link")
    assert event.data == {"host": "meet.example.com"}  # a link may hold a password; the log outlives the call


def test_another_takes_its_place_and_an_empty_one_takes_it_away(
    live: Session, as_ada: Client, as_ben: Client
) -> None:
    share = f"/sessions/{live.pk}/call/link/share/"
    as_ada.post(share, {"url": LINK})
    as_ben.post(share, {"url": "https://call.example.org/b"})
    assert CallLink.objects.get().url == "https://call.example.org/b"
    as_ada.post(share, {"url": ""})
    assert not CallLink.objects.exists()


def test_a_scheme_in_capitals_is_a_link_like_others(live: Session, as_ada: Client) -> None:
    answer = as_ada.post(
        f"/sessions/{live.pk}/call/link/share/", {"url": LINK.replace("https", "HTTPS")}, headers=HTMX
    )
    assert answer.status_code == 200
    assert CallLink.objects.get().url == LINK


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://meet.example.com/", "https://a@b.example/"])
def test_what_is_no_link_changes_nothing(live: Session, as_ada: Client, url: str) -> None:
    as_ada.post(f"/sessions/{live.pk}/call/link/share/", {"url": LINK})
    answer = as_ada.post(f"/sessions/{live.pk}/call/link/share/", {"url": url})
    assert answer.status_code == 422
    assert b"Nothing was changed" in answer.content
    assert CallLink.objects.get().url == LINK


def test_who_watches_shares_none(live: Session, watching: None, as_cleo: Client) -> None:
    assert as_cleo.post(f"/sessions/{live.pk}/call/link/share/", {"url": LINK}).status_code == 403
    assert not CallLink.objects.exists()


def test_an_hour_after_the_end_none_is_shared(live: Session, ada: User) -> None:
    seat = live.seats.get(user=ada)
    sessions.submit(session=live, by=seat, now=timezone.now())
    with pytest.raises(Refused, match="has ended"):
        calls.share_link(seat=seat, url=LINK, now=timezone.now() + HOUR)


@pytest.mark.parametrize(
    ("stun", "relays", "secret"),
    [
        (["turn.example.com"], [], ""),
        (["stun:"], [], ""),
        ([], ["stun:turn.example.com"], SECRET),
        ([], ["turn:turn.example.com"], ""),
        ([], ["turn:turn.example.com"], "guessed"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(
    stun: list[str], relays: list[str], secret: str
) -> None:
    with pytest.raises(ImproperlyConfigured):
        check_call_servers(stun, relays, secret)


def test_settings_that_can_are_not() -> None:
    check_call_servers([], [], "")
    check_call_servers(["stun:a.example:3478"], ["turn:a.example", "turns:a.example:5349"], SECRET)

"""A report by a private link shows what was chosen, and nothing of anybody else's."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from casebank.limits import Limit
from interviews.actions import shares
from interviews.models import Role, Session, ShareLink
from interviews.rules.shares import PARTS, Wish
from interviews.views import shared
from mlsd_site.accounts.models import User
from tests.interviews.canaries import (
    ALL,
    DRAWN,
    NAME,
    NOTE,
    OTHERS_WORDS,
    QUOTED,
    tell_all,
)


@pytest.fixture
def told(live: Session, ada: User, ben: User) -> Session:
    return tell_all(live, ada, ben)


def link(session: Session, *parts: str, days: int = 7) -> tuple[ShareLink, str]:
    """A link that Ada has made, and its address."""
    seat = session.seats.get(role=Role.CANDIDATE)
    made, token = shares.create(
        seat=seat, wish=Wish(frozenset(parts), timedelta(days=days)), now=timezone.now()
    )
    return made, f"/shared/{token}/"


def test_strangers_get_nothing(told: Session, as_cleo: Client, client: Client) -> None:
    made, _ = link(told, "verdict")
    room = f"/sessions/{told.pk}/"
    for path in ("share/", "report.md", "report.pdf"):
        assert as_cleo.get(room + path).status_code == 404
        assert client.get(room + path).status_code == 302
    for path in ("share/make/", f"share/{made.pk}/revoke/"):
        assert as_cleo.post(room + path, {"parts": "verdict", "days": "7"}).status_code == 404
        assert client.post(room + path).status_code == 302
    made.refresh_from_db()
    assert made.revoked_at is None


def test_the_candidate_makes_a_link_and_sees_its_token_once(
    told: Session, as_ada: Client, client: Client
) -> None:
    path = f"/sessions/{told.pk}/share/"
    sent = as_ada.post(path + "make/", {"parts": ["notes", "verdict"], "days": "1"})
    assert sent.status_code == 302
    said = as_ada.get(path).content.decode()
    address = said.split('value="http://testserver')[1].split('"')[0]
    made = ShareLink.objects.get()
    assert len(address.split("/")[2]) == 32
    assert made.token_hash not in said
    assert (made.parts, made.expires_at - made.created_at) == (["notes", "verdict"], timedelta(days=1))
    assert address not in as_ada.get(path).content.decode()
    assert NOTE in client.get(address).content.decode()


def test_its_token_goes_to_the_page_in_a_cookie_of_its_makers_own(
    told: Session, as_ada: Client, as_ben: Client
) -> None:
    path = f"/sessions/{told.pk}/share/"
    cookie = as_ada.post(path + "make/", {"parts": "notes", "days": "1"}).cookies["made-link"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert cookie["max-age"] <= 60
    for foreign in (cookie.value, "x", cookie.value + "x"):
        as_ben.cookies["made-link"] = foreign
        assert "Your link is ready" not in as_ben.get(path).content.decode()
    assert "Your link is ready" in as_ada.get(path).content.decode()
    assert as_ada.cookies["made-link"].value == ""


def test_the_interviewer_makes_and_sees_none(told: Session, as_ben: Client) -> None:
    link(told, "verdict")
    said = as_ben.get(f"/sessions/{told.pk}/share/").content.decode()
    assert "Make a link" not in said
    assert "Links to this report" not in said
    wish = {"parts": "verdict", "days": "7"}
    assert as_ben.post(f"/sessions/{told.pk}/share/make/", wish).status_code == 403
    assert as_ben.post(f"/sessions/{told.pk}/share/{ShareLink.objects.get().pk}/revoke/").status_code == 403


SHOWN = {
    "verdict": {"No hire"},
    "levels": {"Applied", "Not shown"},
    "quotes": {QUOTED},
    "notes": {NOTE, QUOTED},
    "board": {DRAWN},
    "own": {"Self-rating", "Strong no hire"},
    "interviewer": {"Interviewer", "Strong hire", "Justified"},
    "name": {NAME},
    **{part: set() for part in ("pace", "second", "asked")},  # test_sharing_depth.py
}
MARKERS = set.union(*SHOWN.values(), ALL)


@pytest.mark.parametrize("part", [part for part, _, _ in PARTS])
def test_it_shows_what_was_chosen_and_nothing_else(told: Session, client: Client, part: str) -> None:
    # A name alone is refused by the form; the drawing brings nothing of the other parts along.
    _, address = link(told, part)
    said = body_of(client.get(address).content.decode())
    assert {one for one in MARKERS if one in said} == SHOWN[part]


def test_with_everything_chosen_it_still_holds_nobody_elses_words(told: Session, client: Client) -> None:
    _, address = link(told, *(part for part, _, _ in PARTS))
    answer = client.get(address)
    said = answer.content.decode() + str(answer.headers)
    assert [one for one in OTHERS_WORDS if one in said] == []
    assert [one for one in (NOTE, QUOTED, DRAWN, NAME) if one not in said] == []
    assert str(told.pk) not in said
    assert "/sessions/" not in said


def body_of(page: str) -> str:
    """The words of the page's content, less its last line, which is the same on all."""
    return unescape(page.split("<main")[1].split("Its candidate chose")[0])


def test_an_interviewers_rating_is_not_offered_before_it_is_revealed(scored: Session, as_ada: Client) -> None:
    said = as_ada.get(f"/sessions/{scored.pk}/share/").content.decode()
    assert 'value="interviewer"' not in said
    assert 'value="own"' not in said
    wish = {"parts": ["interviewer", "own"], "days": "7"}
    assert as_ada.post(f"/sessions/{scored.pk}/share/make/", wish).status_code == 422
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"parts": "verdict"},
        {"parts": "verdict", "days": "3650"},
        {"parts": "name", "days": "7"},
        {"parts": "feedback", "days": "7"},
        {"parts": ["\0", "verdict "], "days": "7"},
    ],
)
def test_a_wish_that_is_not_offered_makes_no_link(
    told: Session, as_ada: Client, wish: dict[str, str]
) -> None:
    answer = as_ada.post(f"/sessions/{told.pk}/share/make/", wish)
    assert answer.status_code == 422
    assert "No link was made." in answer.content.decode()
    assert not ShareLink.objects.exists()


def test_first_one_rates_oneself(unrated: Session, as_ada: Client) -> None:
    path = f"/sessions/{unrated.pk}/share/"
    assert "Make a link" not in as_ada.get(path).content.decode()
    assert as_ada.post(path + "make/", {"parts": "notes", "days": "7"}).status_code == 409


def test_only_so_many_are_open(told: Session, as_ada: Client) -> None:
    for _ in range(10):
        made, _ = link(told, "verdict")
    wish = {"parts": "verdict", "days": "7"}
    path = f"/sessions/{told.pk}/share/"
    assert as_ada.post(path + "make/", wish).status_code == 409
    assert as_ada.post(path + f"{made.pk}/revoke/").status_code == 302
    assert as_ada.post(path + "make/", wish).status_code == 302


def test_nobody_indexes_keeps_or_follows_it(told: Session, client: Client) -> None:
    _, address = link(told, "verdict")
    answer = client.get(address)
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex' in answer.content.decode()
    assert not answer.cookies


def test_what_has_expired_was_revoked_or_never_was_is_the_same(
    told: Session, client: Client, as_ada: Client, as_cleo: Client
) -> None:
    expired, first = link(told, "verdict")
    revoked, second = link(told, "verdict")
    ShareLink.objects.filter(pk=expired.pk).update(
        created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(seconds=1)
    )
    shares.revoke(link=revoked, now=timezone.now())
    asked = [first, second, f"/shared/{'x' * 32}/", "/shared/x/", "/shared/%00/", f"/shared/{'é' * 500}/"]
    answers = [one.get(address) for one in (client, as_ada, as_cleo) for address in asked]
    assert {one.status_code for one in answers} == {404}
    for one in answers:
        del one["X-Request-ID"]  # it differs by itself
    assert len({(one.content, str(sorted(one.headers.items()))) for one in answers}) == 1
    assert "ask whoever sent it to you for a new one" in answers[0].content.decode()
    assert not answers[0].cookies


@pytest.mark.parametrize("change", ["left", "inactive"])
def test_it_ends_with_its_makers_seat_and_account(
    told: Session, ada: User, client: Client, change: str
) -> None:
    _, address = link(told, "verdict")
    if change == "left":
        told.seats.filter(user=ada).update(left_at=timezone.now())
    else:
        User.objects.filter(pk=ada.pk).update(is_active=False)
    assert client.get(address).status_code == 404


def test_views_are_counted_and_ones_own_are_not(
    told: Session, client: Client, as_ada: Client, as_ben: Client
) -> None:
    made, address = link(told, "verdict")
    for one in (client, as_ben, as_ada):
        one.get(address)
    client.head(address)
    made.refresh_from_db()
    assert made.views == 2
    assert "opened 2 times" in as_ada.get(f"/sessions/{told.pk}/share/").content.decode()


def test_only_so_many_looks_from_one_address(
    told: Session, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "LOOKS", Limit("shared-test", 2))
    _, address = link(told, "verdict")
    asked = [address, "/shared/x/", address, "/shared/x/"]
    assert [client.get(one).status_code for one in asked] == [200, 404, 429, 429]


def test_a_case_that_is_not_public_is_not_named(told: Session, ben: User, client: Client) -> None:
    _, address = link(told, "verdict")
    assert "Ad click prediction" in client.get(address).content.decode()
    case = told.case_version.case
    case.owner = ben
    case.save()
    said = client.get(address).content.decode()
    assert "Ad click prediction" not in said
    assert "A case that is not public" in said


def test_hostile_names_and_notes_are_text(told: Session, ada: User, as_ada: Client, client: Client) -> None:
    ada.display_name = '<script>x</script>"onload=1'
    ada.save()
    _, address = link(told, "name", "notes")
    assert "<script>x" not in client.get(address).content.decode()
    said = as_ada.get(f"/sessions/{told.pk}/report.md").content.decode()
    assert "\\<script\\>x" in said
    assert as_ada.get(f"/sessions/{told.pk}/report.pdf").status_code == 200

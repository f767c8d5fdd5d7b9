"""Links to a report over REST."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casebank.limits import Limit
from interviews.api import shares as endpoints
from interviews.models import Session, ShareLink
from mlsd_site.accounts.models import User
from tests.interviews.canaries import NOTE, tell_all

JSON = "application/json"


@pytest.fixture
def told(live: Session, ada: User, ben: User) -> Session:
    return tell_all(live, ada, ben)


def links(session: Session, rest: str = "") -> str:
    return f"/api/v1/sessions/{session.pk}/shares/{rest}"


def make(client: Client, session: Session, **changed: Any) -> Any:
    wish = {"parts": ["notes", "verdict"], "days": 1, **changed}
    return client.post(links(session), wish, content_type=JSON)


def test_a_link_is_made_told_once_listed_and_revoked(told: Session, as_ada: Client, client: Client) -> None:
    made = make(as_ada, told)
    assert made.status_code == 201
    said = made.json()
    row = ShareLink.objects.get()
    assert (row.parts, row.expires_at - row.created_at) == (["notes", "verdict"], timedelta(days=1))
    assert NOTE in client.get(said["link"]).content.decode()
    listed = as_ada.get(links(told)).json()
    (one,) = listed["links"]
    assert "link" not in one
    assert said["link"].split("/")[-2] not in str(listed)
    assert (one["id"], one["standing"], one["views"]) == (row.pk, "open", 1)
    assert {"notes", "interviewer", "own"} <= set(listed["offered"])
    assert as_ada.delete(links(told, f"{row.pk}/")).status_code == 204
    assert as_ada.get(links(told)).json()["links"][0]["standing"] == "revoked"
    assert client.get(said["link"]).status_code == 404


def test_asked_again_with_the_same_key_no_second_link_is_made(told: Session, as_ada: Client) -> None:
    wish = {"parts": ["notes"], "days": 7}
    answers = [
        as_ada.post(links(told), wish, content_type=JSON, headers={"Idempotency-Key": "one"}).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert ShareLink.objects.count() == 1


@pytest.mark.parametrize(
    ("wish", "status"),
    [({"parts": ["name"]}, 422), ({"parts": []}, 422), ({"parts": ["feedback"]}, 400), ({"days": 365}, 400)],
)
def test_what_is_not_offered_makes_no_link(
    told: Session, as_ada: Client, wish: dict[str, Any], status: int
) -> None:
    assert make(as_ada, told, **wish).status_code == status
    assert not ShareLink.objects.exists()


def test_first_it_ends(live: Session, as_ada: Client) -> None:
    assert make(as_ada, live).json()["code"] == "no_report"


def test_and_first_one_rates_oneself(unrated: Session, as_ada: Client) -> None:
    assert make(as_ada, unrated).json()["code"] == "rate_first"


def test_it_is_the_candidates_alone(told: Session, as_ada: Client, as_ben: Client, as_cleo: Client) -> None:
    made = make(as_ada, told).json()
    for client, status in ((as_ben, 403), (as_cleo, 404)):
        assert client.get(links(told)).status_code == status
        assert make(client, told).status_code == status
        assert client.delete(links(told, f"{made['id']}/")).status_code == status
    assert ShareLink.objects.get().revoked_at is None


def test_only_so_many_are_made_in_an_hour(
    told: Session, as_ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoints, "SHARE", Limit("share-test", 1))
    assert [make(as_ada, told).status_code for _ in range(2)] == [201, 429]

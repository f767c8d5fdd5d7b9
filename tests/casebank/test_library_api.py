"""The frameworks and the primer over REST."""

from __future__ import annotations

import pytest
from django.test import Client

from casebank import checklist, primer
from mlsd_site.accounts.models import User
from tests.casebank.shelf import case

pytestmark = pytest.mark.django_db


def test_the_frameworks_the_default_first(client: Client) -> None:
    listed = client.get("/api/v1/frameworks/").json()
    assert (len(listed), listed[0]["slug"], listed[0]["is_default"]) == (5, "seven-step", True)
    assert "items" not in listed[0]["steps"][0]


def test_each_framework_holds_every_item_once(client: Client) -> None:
    known = sorted((item.id, item.text) for item in checklist.load().items)
    for entry in client.get("/api/v1/frameworks/").json():
        one = client.get(f"/api/v1/frameworks/{entry['slug']}/").json()
        items = [(item["id"], item["text"]) for step in one["steps"] for item in step["items"]]
        assert sorted(items) == known
        assert sum(step["minutes"] for step in one["steps"]) == 45


def test_the_cards_in_the_order_of_the_page(client: Client) -> None:
    listed = client.get("/api/v1/primer/").json()
    assert [card["slug"] for card in listed] == list(primer.load())
    assert "body" not in listed[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=RETRIEVAL augmented", "rag"),
        ("group=language-models", "rag"),
        ("words=nothing-like-it", None),
    ],
)
def test_the_search_is_that_of_the_page(client: Client, query: str, found: str | None) -> None:
    slugs = [card["slug"] for card in client.get(f"/api/v1/primer/?{query}").json()]
    assert (found in slugs) if found else not slugs
    assert len(slugs) < len(primer.load())


def test_a_group_that_there_is_not_is_refused(client: Client) -> None:
    assert client.get("/api/v1/primer/?group=nope").status_code == 400


def test_one_card_names_the_cases_that_one_may_see(client: Client, as_ada: Client, ada: User) -> None:
    card = primer.load()["calibration"]
    case("shown", kind=min(card.kinds), tags=list(card.tags))
    case("hidden", owner=ada, kind=min(card.kinds), tags=list(card.tags))
    said, own = (
        client.get("/api/v1/primer/calibration/").json(),
        as_ada.get("/api/v1/primer/calibration/").json(),
    )
    assert (said["cases"], sorted(own["cases"])) == (["shown"], ["hidden", "shown"])
    assert said["items"][0]["text"]
    assert set(said["see"]) <= primer.load().keys()
    assert "<script" not in said["body"]

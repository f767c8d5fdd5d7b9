"""A webhook is replaced as one change: of two who do it at once, what stands afterwards is what one of them said."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from interviews.actions import webhooks
from interviews.errors import Refused
from interviews.models import Webhook
from mlsd_site.accounts.models import User

pytestmark = pytest.mark.usefixtures("own_counters")
ROUNDS = 12
URL = "https://example.com/hook"
ENDED, READY = ["session.ended"], ["score.ready"]
Wish = tuple[list[str], bool]


def made(user: User) -> Webhook:
    return webhooks.create(by=user, url=URL, events=ENDED, now=timezone.now())


def put(client: Client, row: Webhook, events: list[str], paused: bool, tag: str | None = None) -> Any:
    headers = {"If-Match": tag} if tag else {}
    body = {"events": events, "paused": paused}
    path = f"/api/v1/webhooks/{row.pk}/"
    return client.put(path, body, content_type="application/json", headers=headers)


def tag_of(client: Client, row: Webhook) -> str:
    return str(client.get(f"/api/v1/webhooks/{row.pk}/")["ETag"])


def standing(row: Webhook) -> Wish:
    row.refresh_from_db()
    return row.events, row.paused_at is not None


class Racers:
    """Two browsers of one person's, which send at the same time."""

    wishes: tuple[Wish, Wish] = ((ENDED, True), (READY, False))

    def __init__(self, pool: ThreadPoolExecutor, clients: tuple[Client, Client]) -> None:
        self.pool, self.clients, self.together = pool, clients, Barrier(2)

    def race(self, row: Webhook, tag: str | None) -> list[Any]:
        def go(client: Client, wish: Wish) -> Any:
            self.together.wait()
            return put(client, row, *wish, tag)

        return list(self.pool.map(go, self.clients, self.wishes))

    def leave(self) -> None:
        def go(_: Client) -> None:
            self.together.wait()
            connection.close()

        list(self.pool.map(go, self.clients))


@pytest.fixture
def racers(transactional_db: None, ada: User) -> Iterator[Racers]:
    clients = Client(), Client()
    for one in clients:
        one.force_login(ada)
    with ThreadPoolExecutor(2) as pool:
        found = Racers(pool, clients)
        yield found
        found.leave()


def test_two_at_once_leave_what_one_of_them_said(racers: Racers, ada: User) -> None:
    row = made(ada)
    for _ in range(ROUNDS):
        assert [one.status_code for one in racers.race(row, None)] == [200, 200]
        assert standing(row) in racers.wishes


def test_of_two_who_read_the_same_one_is_told_what_the_other_did(racers: Racers, ada: User) -> None:
    row = made(ada)
    for _ in range(ROUNDS):
        Webhook.objects.update(events=[*ENDED, *READY], paused_at=None)
        answers = racers.race(row, tag_of(racers.clients[0], row))
        won, lost = sorted(answers, key=lambda one: one.status_code)
        assert (won.status_code, lost.status_code, lost.json()["code"]) == (200, 412, "stale")
        assert standing(row) in racers.wishes
        assert won.json() == lost.json()["webhook"]


@pytest.mark.django_db
def test_who_has_not_read_that_it_was_paused_does_not_resume_it(ada: User, as_ada: Client) -> None:
    row = made(ada)
    old = tag_of(as_ada, row)
    Webhook.objects.update(paused_at=timezone.now(), paused_because="It took no message any more.")
    refused = put(as_ada, row, READY, False, old)
    assert (refused.status_code, refused["Content-Type"]) == (412, "application/problem+json")
    assert refused.json()["webhook"]["paused_because"] == "It took no message any more."
    assert standing(row) == (ENDED, True)
    kept = put(as_ada, row, READY, True, tag_of(as_ada, row))
    assert kept.json()["paused_because"] == "It took no message any more."
    assert kept["ETag"] == tag_of(as_ada, row) != old
    assert put(as_ada, row, READY, False, f"W/{kept['ETag']}").json()["paused_because"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize("tag", ['"7"', "*", "nonsense", '"' + "0" * 32 + '"'])
def test_another_tag_changes_nothing(ada: User, as_ada: Client, tag: str) -> None:
    row = made(ada)
    assert put(as_ada, row, READY, True, tag).status_code == 412
    assert standing(row) == (ENDED, False)


@pytest.mark.django_db
def test_one_that_is_gone_meanwhile_is_said_to_be_gone(ada: User) -> None:
    row = made(ada)
    Webhook.objects.all().delete()
    with pytest.raises(Refused) as refusal:
        webhooks.replace(webhook=row, events=READY, paused=True, base=None, now=timezone.now())
    assert (refusal.value.code, refusal.value.status) == ("gone", 404)

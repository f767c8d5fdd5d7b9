"""The pages of one's webhooks, and their twins over REST."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import webhooks
from interviews.actions.webhook_outbox import deliver
from interviews.models import Webhook
from interviews.queries.webhooks import secret_of
from interviews.webhooks.signing import spelled
from mlsd_site.accounts.models import User
from tests.interviews.judging import stub
from tests.interviews.webhooks.conftest import Hook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_counters")]
URL = "https://example.com/hook"
PAGES, REST = "/accounts/webhooks/", "/api/v1/webhooks/"
SECRET = re.compile(r"whsec_[\w+/]+={0,2}")


def made(user: User) -> Webhook:
    return webhooks.create(by=user, url=URL, events=["session.ended"], now=timezone.now())


def ask(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    return getattr(client, method)(f"{REST}{path}", body, content_type="application/json", headers=headers)


def test_the_secret_is_shown_once(as_ada: Client) -> None:
    page = as_ada.post(PAGES, {"url": URL, "events": ["session.ended", "score.ready"]})
    row = Webhook.objects.get()
    assert SECRET.findall(page.content.decode()) == [spelled(secret_of(row))]
    assert page["Cache-Control"].startswith("max-age=0")
    for path in ("", f"{row.pk}/"):
        seen = as_ada.get(PAGES + path).content.decode()
        assert URL in seen
        assert not SECRET.search(seen)
    rotated = as_ada.post(f"{PAGES}{row.pk}/rotate/").content.decode()
    row.refresh_from_db()
    assert SECRET.findall(rotated) == [spelled(secret_of(row))]
    assert "The old one signs until" in rotated


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(as_ada: Client) -> None:
    page = as_ada.post(PAGES, {"url": "https://10.0.0.1/x", "events": ["score.ready"]})
    words = page.content.decode()
    assert page.status_code == 422
    assert "not one of the public internet" in words
    assert 'value="https://10.0.0.1/x"' in words
    assert words.count(" checked") == 1


def test_messages_are_listed_with_their_answers_and_never_as_markup(
    ada: User, as_ada: Client, hook: Hook, receiver: stub.Stub
) -> None:
    receiver.manner = stub.answers(500, b"<script>alert(1)</script>")
    row = hook(ada)
    assert as_ada.post(f"{PAGES}{row.pk}/ping/").status_code == 302
    deliver(now=timezone.now())
    words = as_ada.get(f"{PAGES}{row.pk}/").content.decode()
    assert "It answered 500." in words
    assert "&lt;script&gt;alert(1)" in words
    assert "<script>alert" not in words


def test_events_pausing_and_deleting(ada: User, as_ada: Client) -> None:
    row = made(ada)
    as_ada.post(f"{PAGES}{row.pk}/", {"events": ["score.ready"]})
    as_ada.post(f"{PAGES}{row.pk}/pause/")
    row.refresh_from_db()
    assert (row.events, row.paused_at is None) == (["score.ready"], False)
    assert "Paused since" in as_ada.get(f"{PAGES}{row.pk}/").content.decode()
    as_ada.post(f"{PAGES}{row.pk}/resume/")
    row.refresh_from_db()
    assert row.paused_at is None
    assert as_ada.post(f"{PAGES}{row.pk}/", {}).status_code == 422
    as_ada.post(f"{PAGES}{row.pk}/delete/")
    assert not Webhook.objects.exists()


def test_a_stranger_finds_nothing(ada: User, ben: User, as_cleo: Client) -> None:
    row = made(ada)
    delivery = webhooks.ping(webhook=row, now=timezone.now())
    other = webhooks.ping(webhook=made(ben), now=timezone.now())
    assert URL not in as_cleo.get(PAGES).content.decode()
    posts = ["", "rotate/", "pause/", "resume/", "ping/", "delete/", f"messages/{delivery.pk}/send/"]
    assert as_cleo.get(f"{PAGES}{row.pk}/").status_code == 404
    assert {as_cleo.post(f"{PAGES}{row.pk}/{path}").status_code for path in posts} == {404}
    assert as_cleo.get(f"{REST}{row.pk}/deliveries/").status_code == 404
    assert as_cleo.delete(f"{REST}{row.pk}/").status_code == 404
    assert as_cleo.post(f"{REST}{row.pk}/deliveries/{delivery.pk}/send/").status_code == 404
    own = Client()
    own.force_login(ada)
    assert own.post(f"{PAGES}{row.pk}/messages/{other.pk}/send/").status_code == 404
    assert Webhook.objects.count() == 2


def test_rest_does_the_same(ada: User, as_ada: Client) -> None:
    answer = ask(as_ada, "post", "", {"url": URL, "events": ["session.ended"]})
    row = Webhook.objects.get()
    assert (answer.status_code, answer.json()["secret"]) == (201, spelled(secret_of(row)))
    assert [one["url"] for one in ask(as_ada, "get", "").json()["items"]] == [URL]
    assert "secret" not in ask(as_ada, "get", f"{row.pk}/").json()
    changed = ask(as_ada, "patch", f"{row.pk}/", {"events": ["score.ready"], "paused": True}).json()
    assert changed["events"] == ["score.ready"]
    assert changed["paused_at"]
    assert ask(as_ada, "post", f"{row.pk}/ping/").json()["code"] == "paused"
    assert ask(as_ada, "patch", f"{row.pk}/", {"paused": False}).json()["paused_at"] is None
    sent = ask(as_ada, "post", f"{row.pk}/ping/")
    assert sent.status_code == 202
    [listed] = ask(as_ada, "get", f"{row.pk}/deliveries/").json()["items"]
    assert listed["message"] == sent.json()["message"]
    assert listed["state"] == "queued"
    new = ask(as_ada, "post", f"{row.pk}/rotate/").json()["secret"]
    assert new != answer.json()["secret"]
    assert ask(as_ada, "delete", f"{row.pk}/").status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        {"url": URL, "events": []},
        {"url": URL, "events": ["guide.read"]},
        {"url": URL, "events": ["session.ended"], "secret": "mine"},
        {"events": ["session.ended"]},
    ],
)
def test_rest_refuses_what_it_does_not_know(as_ada: Client, body: dict[str, object]) -> None:
    assert ask(as_ada, "post", "", body).status_code == 400
    assert not Webhook.objects.exists()


def test_who_asks_again_with_a_key_gets_the_same_webhook(as_ada: Client) -> None:
    wish = {"url": URL, "events": ["session.ended"]}
    first, again = (ask(as_ada, "post", "", wish, **{"Idempotency-Key": "one"}) for _ in range(2))
    assert first.json() == again.json()
    assert Webhook.objects.count() == 1

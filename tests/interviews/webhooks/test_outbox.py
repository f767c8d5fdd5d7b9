"""Messages on their way: sent again until they are taken, and given up at an end."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import sessions, webhook_outbox, webhooks
from interviews.actions.webhook_outbox import deliver
from interviews.models import OutgoingMail, Session, Webhook, WebhookDelivery
from interviews.queries.webhooks import secret_of
from interviews.rules import outbox
from interviews.rules import webhooks as rules
from interviews.webhooks.policy import Policy
from interviews.webhooks.signing import signature
from mlsd_site.accounts.models import User
from tests.interviews.judging import stub
from tests.interviews.webhooks.conftest import Hook

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


def one() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def submit(session: Session, by: User) -> None:
    sessions.submit(session=session, by=session.seats.get(user=by), now=NOW)


def test_a_message_is_signed_with_the_secret_that_was_shown(
    ada: User, hook: Hook, receiver: stub.Stub
) -> None:
    made = hook(ada)
    row = webhooks.ping(webhook=made, now=NOW)
    deliver(now=NOW)
    said, body = receiver.headers[0], receiver.bodies[0]
    assert said["webhook-id"] == row.message_id
    assert said["webhook-signature"] == signature(
        [secret_of(made)], id=row.message_id, timestamp=int(NOW.timestamp()), body=body
    )
    assert json.loads(body) == {
        "type": "webhook.test",
        "timestamp": NOW.isoformat(),
        "data": {"webhook": made.pk},
    }
    assert (one().state, one().status, one().answer) == ("delivered", 200, "thanks")


def test_a_receiver_that_fails_is_tried_again_under_the_same_id(
    ada: User, hook: Hook, receiver: stub.Stub
) -> None:
    receiver.manner = stub.answers(503, b"not now")
    webhooks.ping(webhook=hook(ada), now=NOW)
    assert deliver(now=NOW) == 0
    assert (one().state, one().attempts, one().status, one().answer) == ("queued", 1, 503, "not now")
    assert one().next_at == NOW + timedelta(seconds=30)
    assert deliver(now=NOW + timedelta(seconds=29)) == 0
    receiver.manner = stub.answers(200)
    later = NOW + timedelta(seconds=30)
    assert deliver(now=later) == 1
    ids = [said["webhook-id"] for said in receiver.headers]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert receiver.bodies[0] == receiver.bodies[1]
    assert receiver.headers[1]["webhook-timestamp"] == str(int(later.timestamp()))
    assert deliver(now=NOW + timedelta(days=3)) == 0


def test_what_waits_behind_a_failure_waits_as_long(ada: User, hook: Hook, receiver: stub.Stub) -> None:
    receiver.manner = stub.answers(500)
    made = hook(ada)
    for _ in range(3):
        webhooks.ping(webhook=made, now=NOW)
    deliver(now=NOW)
    deliver(now=NOW)
    assert len(receiver.bodies) == 1


def test_it_ends_after_fifteen_attempts_in_two_days_and_the_owner_is_told(
    ada: User, ben: User, hook: Hook, receiver: stub.Stub
) -> None:
    receiver.manner = stub.answers(500)
    webhooks.ping(webhook=hook(ada), now=NOW)
    at = NOW
    for _ in range(rules.ATTEMPTS):
        deliver(now=at)
        at = one().next_at or at
    assert len(receiver.bodies) == 15
    assert timedelta(days=2) < at - NOW < timedelta(days=2, hours=8)
    assert one().state == "parked"
    made = Webhook.objects.get()
    assert (made.paused_at, made.paused_because) == (at, "It took no message any more.")
    letter = OutgoingMail.objects.get(to=ada.email)
    assert f"/accounts/webhooks/{made.pk}/" in letter.body
    assert not OutgoingMail.objects.exclude(to=ada.email).exists()


def test_one_message_that_fails_among_others_that_arrive_pauses_nothing(ada: User, hook: Hook) -> None:
    made = hook(ada)
    bad = webhooks.ping(webhook=made, now=NOW)
    WebhookDelivery.objects.filter(pk=bad.pk).update(attempts=14, next_at=NOW + timedelta(minutes=1))
    webhooks.ping(webhook=made, now=NOW)
    assert deliver(now=NOW) == 1
    WebhookDelivery.objects.filter(pk=bad.pk).update(attempts=15)
    deliver(now=NOW + timedelta(minutes=2))
    assert WebhookDelivery.objects.get(pk=bad.pk).state == "parked"
    assert Webhook.objects.get().paused_at is None
    assert OutgoingMail.objects.count() == 1


def test_gone_pauses_at_once(ada: User, hook: Hook, receiver: stub.Stub) -> None:
    receiver.manner = stub.answers(410)
    webhooks.ping(webhook=hook(ada), now=NOW)
    deliver(now=NOW)
    assert one().state == "parked"
    assert Webhook.objects.get().paused_because == "It said that it is gone (410)."


def test_a_redirect_counts_as_a_failure(ada: User, hook: Hook, receiver: stub.Stub) -> None:
    receiver.manner = stub.answers(302, Location="http://127.0.0.1:1/")
    webhooks.ping(webhook=hook(ada), now=NOW)
    deliver(now=NOW)
    assert (one().state, one().status) == ("queued", 302)
    assert "redirect" in one().error


def test_an_address_that_the_settings_no_longer_allow_is_not_sent_to(
    ada: User, hook: Hook, receiver: stub.Stub, settings: Settings
) -> None:
    webhooks.ping(webhook=hook(ada), now=NOW)
    settings.WEBHOOKS = Policy()
    deliver(now=NOW)
    assert receiver.bodies == []
    assert one().error == "The address must begin with https://."


def test_what_a_killed_worker_had_taken_is_sent_again_with_the_same_id(
    ada: User, hook: Hook, receiver: stub.Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhooks.ping(webhook=hook(ada), now=NOW)

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(webhook_outbox, "send_all", killed)
        with pytest.raises(SystemExit):
            deliver(now=NOW)
    assert one().state == "queued"
    assert deliver(now=NOW + outbox.LEASE - timedelta(seconds=1)) == 0
    assert deliver(now=NOW + outbox.LEASE) == 1
    assert receiver.headers[0]["webhook-id"] == one().message_id


def test_workers_at_once_send_each_message_once(
    ada: User, ben: User, hook: Hook, receiver: stub.Stub
) -> None:
    for user in (ada, ben):
        for path in ("/1", "/2"):
            webhooks.ping(webhook=hook(user, path), now=NOW)

    def work(_: int) -> int:
        try:
            return deliver(now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 4
    assert len({said["webhook-id"] for said in receiver.headers}) == len(receiver.headers) == 4


def test_where_more_waits_a_worker_is_nudged_again(
    ada: User, hook: Hook, receiver: stub.Stub, settings: Settings
) -> None:
    made = hook(ada)
    for _ in range(3):
        webhooks.ping(webhook=made, now=NOW)
    settings.CELERY_TASK_ALWAYS_EAGER = True
    deliver(now=NOW + timedelta(seconds=1))
    assert not WebhookDelivery.objects.filter(state="queued").exists()
    assert len(receiver.bodies) == 3


def test_nothing_is_sent_for_who_may_not_log_in_or_has_paused(ada: User, hook: Hook, live: Session) -> None:
    made = hook(ada)
    webhooks.ping(webhook=made, now=NOW)
    webhooks.pause(webhook=made, now=NOW)
    submit(live, ada)
    assert deliver(now=NOW) == 0
    webhooks.resume(webhook=made)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert deliver(now=NOW) == 0
    User.objects.filter(pk=ada.pk).update(is_active=True)
    assert deliver(now=NOW) == 1
    assert WebhookDelivery.objects.count() == 1


def test_health_counts_what_was_never_tried(
    ada: User, hook: Hook, receiver: stub.Stub, client: Client
) -> None:
    receiver.manner = stub.answers(500)
    webhooks.ping(webhook=hook(ada), now=timezone.now() - timedelta(minutes=2))
    assert client.get("/health/ready").json()["oldest_webhook_waits_s"] >= 120
    deliver(now=timezone.now())
    assert client.get("/health/ready").json()["oldest_webhook_waits_s"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "queued", "next_at": None},
        {"state": "parked", "next_at": NOW},
        {"state": "delivered", "next_at": None, "status": 500},
        {"state": "delivered", "next_at": None, "status": None},
    ],
)
def test_the_database_refuses_a_message_that_cannot_be(ada: User, hook: Hook, wrong: dict[str, Any]) -> None:
    webhooks.ping(webhook=hook(ada), now=NOW)
    with pytest.raises(IntegrityError):
        WebhookDelivery.objects.update(**wrong)

"""Making webhooks, their secrets, and their end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import webhooks
from interviews.errors import Refused
from interviews.models import Webhook, WebhookDelivery
from interviews.queries.webhooks import secret_of, secrets_of
from interviews.rules.webhooks import MOST
from mlsd_site.accounts.models import User
from tests.interviews.judging import stub
from tests.interviews.webhooks.conftest import Hook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_counters")]
NOW = timezone.now()
URL = "https://example.com/hook"


def create(user: User, url: str = URL, events: tuple[str, ...] = ("session.ended",)) -> Webhook:
    return webhooks.create(by=user, url=url, events=events, now=NOW)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://db.internal/",
    ],
)
def test_an_address_that_is_not_public_https_is_refused(ada: User, url: str) -> None:
    with pytest.raises(Refused) as refusal:
        create(ada, url)
    assert (refusal.value.code, refusal.value.status) == ("bad_address", 422)
    assert not Webhook.objects.exists()


def test_without_an_event_there_is_no_webhook(ada: User) -> None:
    for events in ((), ("webhook.test",), ("guide.read",)):
        with pytest.raises(Refused, match="at least one"):
            create(ada, events=events)


def test_one_for_each_address_and_five_in_all(ada: User, ben: User) -> None:
    for number in range(MOST):
        create(ada, f"{URL}/{number}")
    with pytest.raises(Refused, match="already"):
        create(ada, f"{URL}/0")
    with pytest.raises(Refused, match="Delete one"):
        create(ada, f"{URL}/more")
    create(ben, f"{URL}/0")


def test_the_table_holds_no_secret(ada: User) -> None:
    made = create(ada)
    kept = " ".join(str(value) for value in Webhook.objects.values_list().get())
    assert secret_of(made).hex() not in kept
    assert len(secret_of(made)) == 32
    assert secret_of(made) != secret_of(create(ada, f"{URL}/2"))


def test_after_a_rotation_both_secrets_sign_for_a_day(ada: User) -> None:
    made = create(ada)
    old = secret_of(made)
    made = webhooks.rotate(webhook=made, now=NOW)
    new = secret_of(made)
    assert new != old
    assert secrets_of(made, NOW + timedelta(hours=23)) == (new, old)
    assert secrets_of(made, NOW + timedelta(hours=24)) == (new,)


def test_after_a_change_of_the_sites_key_what_receivers_know_still_signs(
    ada: User, settings: Settings
) -> None:
    made = create(ada)
    known = secret_of(made)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the site, as long as such keys are"
    assert known in secrets_of(made, NOW)


def test_what_was_sent_can_be_sent_again_under_its_id(ada: User, hook: Hook, receiver: stub.Stub) -> None:
    from interviews.actions.webhook_outbox import deliver

    row = webhooks.ping(webhook=hook(ada), now=NOW)
    deliver(now=NOW)
    row.refresh_from_db()
    webhooks.send_again(delivery=row, now=NOW)
    deliver(now=NOW)
    assert [said["webhook-id"] for said in receiver.headers] == [row.message_id] * 2


def test_what_is_paused_takes_no_test(ada: User) -> None:
    made = create(ada)
    webhooks.pause(webhook=made, now=NOW)
    made.refresh_from_db()
    with pytest.raises(Refused, match="paused"):
        webhooks.ping(webhook=made, now=NOW)


def test_tests_are_limited(ada: User) -> None:
    made = create(ada)
    for _ in range(20):
        webhooks.ping(webhook=made, now=NOW)
    with pytest.raises(Refused, match="more than 20 times"):
        webhooks.ping(webhook=made, now=NOW)
    assert WebhookDelivery.objects.count() == 20


def test_with_a_webhook_go_its_messages(ada: User) -> None:
    made = create(ada)
    webhooks.ping(webhook=made, now=NOW)
    webhooks.delete(webhook=made, now=timezone.now())
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"events": []}, {"old_salt": "x"}, {"old_until": NOW}, {"paused_because": "It took nothing."}]
)
def test_the_database_refuses_a_webhook_that_cannot_be(ada: User, wrong: dict[str, object]) -> None:
    create(ada)
    with pytest.raises(IntegrityError):
        Webhook.objects.update(**wrong)

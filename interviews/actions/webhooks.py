"""A person's webhooks: add, choose events, rotate the secret, pause, try, delete. What is limited is counted here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from casebank.limits import Limit, spend
from interviews.actions import webhook_outbox as outbox
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused
from interviews.models import Webhook, WebhookDelivery
from interviews.models.webhook import new_salt
from interviews.queries.webhooks import state_of
from interviews.rules import webhooks as rules
from interviews.webhooks.urls import wrong_with

CHANGE = Limit("webhook_change", 30, 3_600)
SEND = Limit("webhook_send", 20, 600, "What is queued is sent all the same.")
State = WebhookDelivery.State


class Stale(Refused):
    """It was changed, or paused, since it was read. `webhook` is as it stands."""

    def __init__(self, webhook: Webhook) -> None:
        words = "This webhook was changed in between. Nothing was changed now; `webhook` is as it stands."
        super().__init__("stale", words, status=412)
        self.webhook = webhook


@transaction.atomic
def create(*, by: AbstractBaseUser, url: str, events: Collection[str], now: datetime) -> Webhook:
    """A new webhook. Raises Refused: bad_address or no_events (422), known or too_many (409)."""
    spend(CHANGE, by=by.pk, now=now)
    url = url.strip()
    if wrong := wrong_with(url, settings.WEBHOOKS):
        raise Refused("bad_address", f"{wrong} Nothing was added.", status=422)
    chosen = _chosen(events)
    # Held, so that two who add at once do not both find room.
    get_user_model()._default_manager.select_for_update(no_key=True).get(pk=by.pk)
    own = Webhook.objects.filter(user_id=by.pk)
    if own.filter(url=url).exists():
        raise Refused("known", "You have a webhook with this address already. Nothing was added.")
    if own.count() >= rules.MOST:
        raise Refused("too_many", f"You have {rules.MOST} webhooks. Delete one first.")
    made = Webhook.objects.create(user_id=by.pk, url=url, events=chosen, created_at=now)
    record(Deed(Verb.WEBHOOK_MADE, Kind.WEBHOOK, made.pk, by.pk, by.pk), now=now)
    return made


def choose(*, webhook: Webhook, events: Collection[str], now: datetime) -> None:
    """Be told of these events from now on."""
    spend(CHANGE, by=webhook.user_id, now=now)
    Webhook.objects.filter(pk=webhook.pk).update(events=_chosen(events))


@transaction.atomic
def replace(
    *, webhook: Webhook, events: Collection[str], paused: bool, base: str | None, now: datetime
) -> Webhook:
    """Be told of these events from now on, and paused or not: both, as one change. Raises Stale where `base` names
    another state (queries.webhooks.state_of) than the one that stands."""
    held = _held(webhook)
    if base not in (None, state_of(held)):
        raise Stale(held)
    choose(webhook=held, events=events, now=now)
    if paused:
        pause(webhook=held, now=now)
    else:
        resume(webhook=held)
    held.refresh_from_db()
    return held


@transaction.atomic
def rotate(*, webhook: Webhook, now: datetime) -> Webhook:
    """A new secret. The one before signs beside it for a day, so that a receiver can change over."""
    spend(CHANGE, by=webhook.user_id, now=now)
    held = _held(webhook)
    held.old_salt, held.old_until, held.salt = held.salt, now + rules.OVERLAP, new_salt()
    held.save(update_fields=["salt", "old_salt", "old_until"])
    return held


def pause(*, webhook: Webhook, now: datetime) -> None:
    """Send nothing and queue nothing until it is resumed; what waits is kept."""
    Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(paused_at=now, paused_because="")


def resume(*, webhook: Webhook) -> None:
    """Tell it again, and first of what still waits."""
    Webhook.objects.filter(pk=webhook.pk).update(paused_at=None, paused_because="")
    outbox.send_soon()


@transaction.atomic
def delete(*, webhook: Webhook, now: datetime) -> None:
    """Take it away, with all its messages."""
    whose = webhook.user_id
    record(Deed(Verb.WEBHOOK_DELETED, Kind.WEBHOOK, webhook.pk, whose, whose), now=now)
    _held(webhook).delete()


def leave(*, user: AbstractBaseUser) -> None:
    """Take all of this person's away; the caller holds a transaction, and their sessions already, as whoever ends or
    scores one does before this."""
    for webhook in Webhook.objects.select_for_update().filter(user_id=user.pk).order_by("pk"):
        webhook.delete()


@transaction.atomic
def ping(*, webhook: Webhook, now: datetime) -> WebhookDelivery:
    """Queue a message that says nothing, to see whether it arrives."""
    _must_not_be_paused(_held(webhook))
    spend(SEND, by=webhook.user_id, now=now)
    return outbox.queue(webhook, rules.TEST, {"webhook": webhook.pk}, key=f"{rules.TEST}:{uuid4()}", now=now)


@transaction.atomic
def send_again(*, delivery: WebhookDelivery, now: datetime) -> None:
    """Send one that has arrived, or was given up, once more, under its id."""
    _must_not_be_paused(delivery.webhook)
    spend(SEND, by=delivery.webhook.user_id, now=now)
    settled = WebhookDelivery.objects.filter(pk=delivery.pk).exclude(state=State.QUEUED)
    settled.update(state=State.QUEUED, next_at=now, attempts=0, error="", status=None, answer="")
    outbox.send_soon()


def _held(webhook: Webhook) -> Webhook:
    """Its row, held until the commit. Raises Refused (404) where it is gone meanwhile."""
    held = Webhook.objects.select_for_update().filter(pk=webhook.pk).first()
    if held is None:
        raise Refused("gone", "This webhook was deleted a moment ago.", status=404)
    return held


def _must_not_be_paused(webhook: Webhook) -> None:
    if webhook.paused_at is not None:
        raise Refused("paused", "This webhook is paused. Resume it first; nothing was sent.")


def _chosen(events: Collection[str]) -> list[str]:
    chosen = rules.chosen(events)
    if not chosen:
        raise Refused("no_events", "Choose at least one event. Nothing was changed.", status=422)
    return chosen

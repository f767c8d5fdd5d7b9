"""Messages to webhooks leave by an outbox: queued with what they tell of, sent by a worker, at least once.

`deliver` takes what is due under a lease, commits, sends all of it at the same time, and notes what came of each. What
a killed worker had taken is sent again under the same id, by which a receiver knows it (docs/adr/0035). The outbox of
mail shares the lease, the pauses and the nudge; a mail is never sent twice by itself, so there a lease ends in doubt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from interviews.actions import letters
from interviews.actions.nudges import nudge
from interviews.models import Webhook, WebhookDelivery
from interviews.queries.webhooks import secrets_of
from interviews.rules import outbox
from interviews.rules import webhooks as rules
from interviews.webhooks.client import Answer, Message, send_all

State = WebhookDelivery.State
_DIED = "The worker stopped while it sent this message."


def emit(event: str, facts: Mapping[int, Mapping[str, Any]], *, key: str, now: datetime) -> None:
    """Queue a message for each webhook of these users (ids) that is told of `event`, in the caller's transaction.
    `facts` is what each of them may know. Once for each `key`, whatever becomes of it."""
    told = Webhook.objects.filter(
        user_id__in=facts, user__is_active=True, paused_at=None, events__contains=[event]
    )
    # Held until the commit: one that was deleted meanwhile would take the end of a session with it.
    for webhook in told.select_for_update(of=("self",), no_key=True).order_by("pk"):
        queue(webhook, event, facts[webhook.user_id], key=key, now=now)


def queue(
    webhook: Webhook, event: str, data: Mapping[str, Any], *, key: str, now: datetime
) -> WebhookDelivery:
    """Queue one message, and nudge a worker after the commit; the one of this `key` where it was queued before."""
    said = {"type": event, "timestamp": now.isoformat(), "data": data}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    row, _ = WebhookDelivery.objects.get_or_create(
        webhook=webhook,
        key=key,
        defaults={"event": event, "body": body, "created_at": now, "next_at": now},
    )
    send_soon()
    return row


def send_soon() -> None:
    """Nudge a worker once this is committed."""
    transaction.on_commit(lambda: nudge("send_webhooks"))


def deliver(*, now: datetime) -> int:
    """Send what is due, at most `outbox.BATCH` and one to each webhook; returns how many arrived. Safe to call from
    many workers. Where more waits, a worker is nudged again, so that mail has its turn in between."""
    WebhookDelivery.objects.filter(created_at__lt=now - rules.KEPT).delete()
    claimed = _claim(now)
    if not claimed:
        return 0
    answers = send_all([_message(one, now) for one in claimed], settings.WEBHOOKS)
    for delivery, answer in zip(claimed, answers, strict=True):
        _settle(delivery, answer, now)
    if _due(now).exists():
        nudge("send_webhooks")
    return sum(answer.is_delivered for answer in answers)


def _due(now: datetime) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(
        state=State.QUEUED, next_at__lte=now, webhook__paused_at=None, webhook__user__is_active=True
    )


@transaction.atomic
def _claim(now: datetime) -> list[WebhookDelivery]:
    """Take what is due, of each webhook its oldest: a receiver that is slow delays nobody but itself."""
    first = _due(now).order_by("webhook", "created_at", "pk").distinct("webhook").values("pk")
    rows = (
        WebhookDelivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(
            pk__in=first, state=State.QUEUED, next_at__lte=now
        )  # once more: they may have been taken meanwhile
        .select_related("webhook__user")
        .order_by("next_at")[: outbox.BATCH]
    )
    claimed = []
    for one in rows:
        if one.attempts >= rules.ATTEMPTS:
            _settle(one, Answer(error=_DIED), now)
            continue
        one.attempts, one.next_at, one.tried_at = one.attempts + 1, now + outbox.LEASE, now
        one.save(update_fields=["attempts", "next_at", "tried_at"])
        claimed.append(one)
    return claimed


def _message(delivery: WebhookDelivery, now: datetime) -> Message:
    return Message(
        id=delivery.message_id,
        url=delivery.webhook.url,
        body=delivery.body.encode(),
        secrets=secrets_of(delivery.webhook, now),
        timestamp=int(now.timestamp()),
    )


@transaction.atomic
def _settle(delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
    """Note what came of an attempt, unless the row has gone, or another attempt has begun, meanwhile."""
    mine = WebhookDelivery.objects.select_for_update().filter(
        pk=delivery.pk, state=State.QUEUED, attempts=delivery.attempts
    )
    if not mine.exists():
        return
    wait = None if answer.is_delivered or answer.is_gone else rules.pause(delivery.attempts)
    state = State.DELIVERED if answer.is_delivered else State.QUEUED if wait else State.PARKED
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=state,
        next_at=now + wait if wait else None,
        status=answer.status,
        answer=answer.text,
        error=answer.error,
    )
    if wait:  # what else waits there would meet the same
        others = WebhookDelivery.objects.filter(webhook=delivery.webhook_id, state=State.QUEUED, attempts=0)
        others.filter(next_at__lt=now + wait).update(next_at=now + wait)
    if state == State.PARKED:
        _give_up(delivery, answer, now)


def _give_up(delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
    """Tell the owner by mail, once a day for each webhook. One that has taken nothing since this message was queued, or
    says that it is gone (410), is paused."""
    webhook = delivery.webhook
    arrived = webhook.deliveries.filter(state=State.DELIVERED, tried_at__gte=delivery.created_at)
    if answer.is_gone or not arrived.exists():
        because = "It said that it is gone (410)." if answer.is_gone else "It took no message any more."
        Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(paused_at=now, paused_because=because)
    letters.write(
        webhook.user,
        "A webhook of yours was not reached",
        "interviews/webhooks/mail_parked.txt",
        ("interviews:webhook", webhook.pk),
        key=f"webhook-parked:{webhook.pk}:{now:%Y-%m-%d}",
        now=now,
    )

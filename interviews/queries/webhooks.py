"""A person's webhooks, and the secrets that sign for them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac

from interviews.models import Webhook, WebhookDelivery
from interviews.rules import webhooks as rules


def webhooks_of(user: AbstractBaseUser) -> QuerySet[Webhook]:
    """This person's webhooks, the oldest first; `.waiting` and `.parked` count their messages."""
    state = WebhookDelivery.State
    return (
        Webhook.objects.filter(user_id=user.pk)
        .annotate(
            waiting=Count("deliveries", filter=Q(deliveries__state=state.QUEUED)),
            parked=Count("deliveries", filter=Q(deliveries__state=state.PARKED)),
        )
        .order_by("pk")
    )


def deliveries_of(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """Its messages, the newest first."""
    return webhook.deliveries.order_by("-created_at", "pk")


def state_of(webhook: Webhook) -> str:
    """A name for what can be changed of it, as it stands."""
    return rules.state(webhook.events, webhook.paused_at, webhook.paused_because)


def secret_of(webhook: Webhook) -> bytes:
    """The 32 bytes that sign for it from now on."""
    return _secret(webhook.salt, settings.SECRET_KEY)


def secrets_of(webhook: Webhook, now: datetime) -> tuple[bytes, ...]:
    """All that sign for it now: the newest, for a day after a rotation the one before, and the same of the keys that
    the site had before."""
    salts = [webhook.salt]
    if webhook.old_until is not None and now < webhook.old_until:
        salts.append(webhook.old_salt)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return tuple(_secret(salt, key) for salt in salts for key in keys)


def _secret(salt: str, key: str) -> bytes:
    return salted_hmac("interviews.webhooks", salt, secret=key, algorithm="sha256").digest()

"""Addresses that are told when something happens, and the outbox of what they are told."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone


def new_salt() -> str:
    return secrets.token_hex(16)


class Webhook(models.Model):
    """An https address of somebody's, and the events that it is told of. Its secret is derived from the site's key and
    `salt`, so that neither the table nor a back-up of it holds one; until `old_until` that of `old_salt` signs too."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=500)
    events = ArrayField(models.CharField(max_length=40))
    salt = models.CharField(max_length=32, default=new_salt)
    old_salt = models.CharField(max_length=32, blank=True)
    old_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_because = models.CharField(max_length=200, blank=True, help_text="Empty where its owner did it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "url"], name="one_webhook_for_each_address"),
            models.CheckConstraint(name="webhook_is_told_something", condition=~Q(events=[])),
            models.CheckConstraint(
                name="webhook_old_secret_has_an_end",
                condition=Q(old_salt="", old_until=None) | (~Q(old_salt="") & Q(old_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="webhook_reason_of_a_pause", condition=Q(paused_because="") | Q(paused_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Webhook {self.pk}"


class WebhookDelivery(models.Model):
    """One message to one webhook, queued in the transaction of what it tells of. `key` says what that is, so that it
    is queued once; `body` is sent byte for byte, at each attempt under the same id."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        DELIVERED = "delivered", "Delivered"
        PARKED = "parked", "Given up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(
        null=True, blank=True, help_text="When it is tried next; while it is sent, until when that may take."
    )
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="The beginning of what was answered.")
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "key"], name="one_delivery_for_each_event"),
            models.CheckConstraint(
                name="delivery_has_a_time_while_it_waits",
                condition=Q(state="queued", next_at__isnull=False) | (~Q(state="queued") & Q(next_at=None)),
            ),
            models.CheckConstraint(
                name="delivery_was_answered_with_2xx",
                condition=~Q(state="delivered") | Q(status__isnull=False, status__gte=200, status__lt=300),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=Q(state="queued")),
            models.Index(fields=["webhook", "-created_at"], name="delivery_newest"),
            models.Index(fields=["created_at"], name="delivery_age"),
        ]
        verbose_name_plural = "webhook deliveries"

    def __str__(self) -> str:
        return f"{self.event} ({self.state})"

    @property
    def message_id(self) -> str:
        """Its webhook-id: no full stop in it, which separates what is signed."""
        return f"msg_{self.pk.hex}"

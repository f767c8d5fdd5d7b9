"""The outbox: mails on their way out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class OutgoingMail(models.Model):
    """One mail to one address, queued in the transaction of what it tells of. `key` says what it is about, so that it
    is queued once however often somebody asks. Body and attachments are dropped when it has left, or is of no use any
    more."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        REFUSED = "refused", "Refused by the mail server"
        DOUBTFUL = "doubtful", "Perhaps sent"
        STALE = "stale", "Too late to be of use"

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True, help_text="[{name, type, text}]")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When it is tried next; while it is being sent, until when that may take.",
    )
    useful_until = models.DateTimeField(
        null=True, blank=True, help_text="After that it is not sent any more."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mail_has_a_time_while_it_waits",
                condition=Q(state__in=["queued", "sending"], next_at__isnull=False)
                | (~Q(state__in=["queued", "sending"]) & Q(next_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="mail_due", condition=Q(state__in=["queued", "sending"])),
            # Beat asks for both every few seconds; what has left is never looked at.
            models.Index(
                fields=["useful_until"], name="mail_stuck", condition=Q(state__in=["refused", "doubtful"])
            ),
        ]
        verbose_name = "mail"

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"

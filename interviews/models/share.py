"""Links by which a candidate shows a report to whoever has them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .session import Session


class ShareLink(models.Model):
    """A private link to one's report, until it expires or is revoked. Only the SHA-256 of its token is kept. `parts`
    are what it shows (rules.shares.PARTS). `views` counts how often it was opened; by whom is kept nowhere."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="shares")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    parts = ArrayField(models.CharField(max_length=12))
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="share_expires_after_it_is_made", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(name="share_shows_something", condition=~Q(parts=[])),
        ]

    def __str__(self) -> str:
        return f"Link to {self.session_id}, until {self.expires_at}"

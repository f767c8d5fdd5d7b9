"""What people agreed to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Agreement(models.Model):
    """Somebody agreed to this version of the installation's terms (TERMS_VERSION)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agreements")
    version = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "version"], name="one_agreement_per_version")]
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.version}"

"""Who saw and changed what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from interviews.audit.verbs import Kind, Verb


class AuditEntry(models.Model):
    """One row of the audit log (docs/adr/0038), without foreign keys: it outlives people and things. `actor` and
    `subject`, whom it concerns, are numbers of accounts, which stay as pseudonyms; no actor is somebody without an
    account. `network` is the first part of an address, for log-ins and what protects an account. `hour` is that of a
    reading, of which there is one row an hour. Postgres refuses to change a row, and to delete it before
    `keep_until`; None is for ever."""

    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True, blank=True)
    subject = models.BigIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=32)
    kind = models.CharField(max_length=12)
    object = models.CharField(max_length=64, blank=True, help_text="The id of the thing, as text.")
    request = models.CharField(max_length=64, blank=True, help_text="As in the log.")
    network = models.CharField(max_length=43, blank=True)
    hour = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_verb_is_known", condition=Q(verb__in=Verb.values)),
            models.CheckConstraint(name="audit_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.UniqueConstraint(
                name="one_reading_an_hour",
                fields=["hour", "actor", "subject", "verb", "kind", "object"],
                condition=Q(hour__isnull=False),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["actor", "-at"], name="audit_by"),
            models.Index(fields=["subject", "-at"], name="audit_about"),
            models.Index(fields=["keep_until"], name="audit_over"),
        ]
        verbose_name_plural = "audit log"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

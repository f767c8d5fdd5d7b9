"""Archives of people's data, on their way and for the day that they are kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Archive(models.Model):
    """All of a person's data as one zip, asked for by them: the row is the queue of record, and says where it stands.
    One for each person; who asks again gets another row, so that nothing which works on the old one can fill it."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting or being made"
        READY = "ready", "Ready"
        PARKED = "parked", "Given up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(
        null=True, blank=True, help_text="When it is tried next; while it is made, until when that may take."
    )
    done_at = models.DateTimeField(null=True, blank=True, help_text="When it was made, or given up.")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="archive_has_a_time_while_it_waits",
                condition=Q(state="queued", next_at__isnull=False, done_at=None)
                | (~Q(state="queued") & Q(next_at=None, done_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["next_at"], name="archive_due", condition=Q(state="queued"))]

    def __str__(self) -> str:
        return f"Archive of {self.user_id} ({self.state})"


class ArchivePiece(models.Model):
    """A part of the zip. It lies in Postgres, so that each web node has what a worker made (as docs/adr/0019), and in
    parts, so that neither holds all of it in memory."""

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["archive", "number"], name="one_piece_per_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Piece {self.number} of {self.archive_id}"

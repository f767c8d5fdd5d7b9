"""Pictures in the notes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from interviews.rules.pictures import MAX_STORED, MOST

from .session import Session


class NotePicture(models.Model):
    """A picture that the candidate put into the notes, as this server encoded it (WebP, no metadata). It lies in
    Postgres, so that each web node has it, and goes with its session (docs/adr/0019)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="pictures")
    place = models.PositiveSmallIntegerField(help_text="1 to the most that a session holds.")
    created_at = models.DateTimeField(default=timezone.now)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "place"], name="one_picture_per_place"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST), name="so_many_pictures"),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=MAX_STORED), name="picture_is_small"),
        ]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"Picture {self.place} of {self.session_id}"

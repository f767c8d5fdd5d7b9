"""A session that is rated a second time, blind, and what its raters say to each other where they are far apart."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .score import ScoreSheet
from .session import Session


class SecondRating(models.Model):
    """An ended session that its candidate offers for a second rating. Whoever takes it (`rater`, since `taken_at`)
    rates it by `answers`, a draft {field: value as text} that nobody else reads and whose saves `version` counts, and
    seals: then there is the `sheet`, and nothing of it changes any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="second_rating")
    offered_at = models.DateTimeField(default=timezone.now)
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)
    sheet = models.OneToOneField(
        ScoreSheet, on_delete=models.CASCADE, null=True, blank=True, related_name="second_rating"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="second_rating_is_taken_before_it_is_sealed",
                condition=Q(taken_at=None, rater=None, sheet=None) | Q(taken_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-offered_at"], name="second_ratings_open", condition=Q(sheet=None)),
        ]

    def __str__(self) -> str:
        return f"Second rating of {self.session_id}"


class SecondRemark(models.Model):
    """What one of the two raters says about an item that they are far apart on; with a `level` it is their last word,
    which is kept beside the sheets. A trigger refuses UPDATE."""

    rating = models.ForeignKey(SecondRating, on_delete=models.CASCADE, related_name="remarks")
    item = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "item", "by"],
                condition=Q(level__isnull=False),
                name="one_last_word_per_rater_and_item",
            ),
            models.CheckConstraint(
                name="second_remark_is_words_or_a_level",
                condition=Q(level__range=(0, 3)) | (Q(level=None) & ~Q(words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Remark on {self.item} of {self.rating_id}"

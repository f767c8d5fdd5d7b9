"""Levels that a candidate does not agree with, and what was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .score import ScoreSheet
from .session import Seat


class Dispute(models.Model):
    """A candidate (`seat`) disputes the level that `sheet` gives to one item. It stands beside the level, which nobody
    changes for it; a trigger refuses UPDATE. `source` is the sheet's: of the automatic scorer one version at most is
    disputed for each item."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="disputes")
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="disputes")
    source = models.CharField(max_length=12)
    item = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=600)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="one_dispute_per_level"),
            models.UniqueConstraint(
                fields=["seat", "item"],
                condition=Q(source="automatic"),
                name="one_dispute_with_the_scorer_per_item",
            ),
            models.CheckConstraint(
                name="dispute_of_a_level_with_a_reason",
                condition=Q(level__range=(0, 3), source__in=["automatic", "interviewer"]) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Dispute of {self.item}: {self.level} by {self.source}"


class DisputeAnswer(models.Model):
    """What an interviewer (`by`) answered, once: the level that they would give now, which is the disputed one where
    they keep it, and why. A trigger refuses UPDATE."""

    dispute = models.OneToOneField(Dispute, on_delete=models.CASCADE, related_name="answer")
    by = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=600)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dispute_is_answered_in_words", condition=Q(level__range=(0, 3)) & ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"Answer to dispute {self.dispute_id}: {self.level}"

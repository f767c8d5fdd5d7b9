"""What people say of calibration sessions, whose works and keys are content (interviews/calibration)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class CalibrationDraft(models.Model):
    """The levels that somebody is about to give to a work (its slug); only its author reads it.

    `answers` is {field: value as text}; `version` counts the saves, so that two windows do not overwrite each other.
    """

    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    work = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rater", "work"], name="one_draft_per_work")]

    def __str__(self) -> str:
        return f"Calibration draft of {self.rater_id} for {self.work}, v{self.version}"


class CalibrationRating(models.Model):
    """A work rated and sealed: a trigger refuses UPDATE. The verdict and the key's, as it was then. Only `round` 1 was
    given blind; in later ones the rater has seen the key before."""

    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    work = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField(default=1)
    overall = models.PositiveSmallIntegerField()
    key_overall = models.PositiveSmallIntegerField()
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rater", "work", "round"], name="one_calibration_per_round"),
            models.CheckConstraint(condition=Q(round__gte=1), name="calibration_rounds_from_1"),
            models.CheckConstraint(
                condition=Q(overall__range=(1, 4), key_overall__range=(1, 4)),
                name="calibration_verdicts_from_1_to_4",
            ),
        ]

    def __str__(self) -> str:
        return f"Calibration of {self.rater_id} on {self.work}, round {self.round}"


class CalibrationLevel(models.Model):
    """One point of a sealed rating beside the key's level of it, as it was then; never changed either."""

    rating = models.ForeignKey(CalibrationRating, on_delete=models.CASCADE, related_name="levels")
    item = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    key = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rating", "item"], name="one_calibration_level_per_item"),
            models.CheckConstraint(
                condition=Q(level__range=(0, 3), key__range=(0, 3)), name="calibration_levels_from_0_to_3"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.level} (key {self.key})"

"""What the people of a session say about each other and about themselves, after its end."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .score import ScoreSheet
from .session import Seat


class FeedbackDraft(models.Model):
    """What is typed on a form and not sent; only its author reads it. A draft about one's own seat is the self-rating.

    `answers` is {field: text}; `version` counts the saves, so that two windows do not overwrite each other.
    """

    author = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="drafts")
    about = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "about"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return f"Draft of {self.author_id} about {self.about_id}, v{self.version}"


class Feedback(models.Model):
    """What one wrote about the other, as it was sent: a trigger refuses UPDATE. Sealed until `rules.reveal` says
    otherwise; whoever reads it for somebody else than its author asks that rule.

    About a candidate: two strengths and a change; their levels and verdict are the `sheet` made of the Marks. About an
    interviewer: three ratings 1-5, what to keep and what to change.
    """

    author = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="feedback_given")
    about = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="feedback_received")
    strength = models.CharField(max_length=1_000, blank=True)
    second_strength = models.CharField(max_length=1_000, blank=True)
    keep = models.CharField(max_length=1_000, blank=True)
    change = models.CharField(max_length=1_000)
    clear = models.PositiveSmallIntegerField(null=True, blank=True)
    fair = models.PositiveSmallIntegerField(null=True, blank=True)
    helpful = models.PositiveSmallIntegerField(null=True, blank=True)
    sheet = models.OneToOneField(
        ScoreSheet, on_delete=models.CASCADE, null=True, blank=True, related_name="feedback"
    )
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "about"], name="one_feedback_per_pair"),
            models.CheckConstraint(condition=~Q(author=F("about")), name="feedback_is_about_somebody_else"),
            models.CheckConstraint(
                name="feedback_answers_its_form",
                condition=(
                    Q(sheet__isnull=False, keep="", clear=None, fair=None, helpful=None)
                    & ~Q(strength="")
                    & ~Q(second_strength="")
                    & ~Q(change="")
                )
                | (
                    Q(sheet=None, strength="", second_strength="")
                    & Q(clear__isnull=False, fair__isnull=False, helpful__isnull=False)
                    & Q(clear__range=(1, 5), fair__range=(1, 5), helpful__range=(1, 5))
                    & ~Q(keep="")
                    & ~Q(change="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Feedback of {self.author_id} about {self.about_id}"


class SelfRating(models.Model):
    """That a candidate rated themselves (`sheet`), or would rather not; once, before they see anybody else's sheet."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="self_rating")
    sheet = models.OneToOneField(
        ScoreSheet, on_delete=models.CASCADE, null=True, blank=True, related_name="self_rating"
    )
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Self-rating of {self.seat_id}{'' if self.sheet_id else ' (skipped)'}"

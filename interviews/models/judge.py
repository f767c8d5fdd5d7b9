"""The ledger of the judge: what was asked, what it cost, what came back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .submission import Submission


class JudgeCall(models.Model):
    """One call for one step. The row stands before the call is made, with the most that it may cost, so that a call
    whose worker was killed is paid for too; an answered step is never asked again for the same `version`."""

    class Outcome(models.TextChoices):
        ASKED = "asked", "Asked"
        ANSWERED = "answered", "Answered"
        FAILED = "failed", "Failed"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="judge_calls")
    step = models.CharField(max_length=40)
    version = models.CharField(max_length=120, help_text="Of the prompt, and the model's name.")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.ASKED)
    tokens = models.PositiveIntegerField(
        help_text="Question and answer; an estimate until the endpoint counts."
    )
    answer = models.JSONField(null=True, blank=True, help_text="[{item, level, claimed, evidence}]")
    error = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "step", "version"],
                condition=Q(outcome="answered"),
                name="one_answer_per_step_and_version",
            ),
            models.CheckConstraint(
                name="call_is_answered_with_an_answer",
                condition=Q(outcome="answered", answer__isnull=False)
                | (~Q(outcome="answered") & Q(answer=None)),
            ),
        ]
        indexes = [models.Index(fields=["at"], name="judge_call_day")]

    def __str__(self) -> str:
        return f"{self.step} of {self.submission_id} ({self.outcome})"

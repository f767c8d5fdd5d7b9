"""The queue of record for scoring, and the sheets that come out of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .submission import Submission


class ScoreJob(models.Model):
    """One scoring to be done, by the local scorer or by the judge. Celery only nudges; this row is the queue.

    `attempts` grows before the work begins, so a job that kills its worker is parked after the third try. `lease_until`
    names the claim: who no longer finds their own in the row has lost the job, and writes nothing.
    """

    class Scorer(models.TextChoices):
        LOCAL = "local", "Local scorer"
        JUDGE = "judge", "Model judge"

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        PARKED = "parked", "Failed"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="jobs")
    scorer = models.CharField(max_length=40, choices=Scorer, default=Scorer.LOCAL)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    # When it was queued, the last time: since then it waits.
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    revived = models.PositiveSmallIntegerField(default=0, help_text="How often people had it tried again.")
    revived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "scorer"], name="one_job_per_scorer"),
            models.CheckConstraint(
                name="job_is_done_when_it_says_so",
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at=None)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["lease_until"], name="job_unfinished", condition=Q(state__in=["queued", "running"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.scorer} job of {self.submission_id} ({self.state})"

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits, or is worked on."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)


class ScoreSheet(models.Model):
    """A judgement of one submission by one source; it always names its source and version."""

    class Source(models.TextChoices):
        AUTOMATIC = "automatic", "Automatic"
        JUDGE = "judge", "Model judge"
        INTERVIEWER = "interviewer", "Interviewer"
        SELF = "self", "Self-assessment"
        SECOND = "second", "Second rater"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="sheets")
    source = models.CharField(max_length=12, choices=Source)
    scorer = models.CharField(max_length=40, blank=True)
    scorer_version = models.CharField(max_length=120, blank=True)
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    overall = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="1 strong no hire ... 4 strong hire; none where a judge had no bounds.",
    )
    arithmetic = models.JSONField(default=dict, help_text="The numbers that led to the overall verdict.")
    created_at = models.DateTimeField(default=timezone.now)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "scorer", "scorer_version"],
                condition=Q(source__in=["automatic", "judge"]),
                name="one_sheet_per_scorer_version",
            ),
            models.CheckConstraint(
                name="overall_from_1_to_4",
                condition=Q(overall__range=(1, 4)) | Q(source="judge", overall=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} sheet of {self.submission_id}: {self.overall}"


class ItemScore(models.Model):
    """The level of one checklist item, with the evidence that earned it.

    Evidence: [{"where": step, "start", "end", "quote"} | {"where": "board", "elements": [ids], "quote"}].
    """

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    confidence = models.FloatField(default=1)
    evidence = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="one_level_per_item"),
            models.CheckConstraint(condition=Q(level__range=(0, 3)), name="level_from_0_to_3"),
            models.CheckConstraint(
                condition=Q(level=0) | ~Q(evidence=[]),
                name="no_level_without_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.level}"

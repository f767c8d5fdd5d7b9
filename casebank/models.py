"""Cases and their published versions; what only an interviewer may see stands in a table of its own."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from casebank.words import SEARCHABLE


class Case(models.Model):
    """A question that can be asked. What it says lives in its versions."""

    slug = models.SlugField(max_length=64, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty for the project's own cases, which everybody sees.",
    )
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.slug


class CaseVersion(models.Model):
    """The candidate's half of a published case. It never changes: a trigger refuses UPDATE."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    prompt = models.TextField(help_text="Markdown, as an interviewer would say it.")
    level = models.CharField(max_length=8)
    kind = models.CharField(max_length=40, help_text="The kind of task, such as ranking or retrieval.")
    tags = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField(default=45)
    published_at = models.DateTimeField(default=timezone.now)
    # Postgres fills it when a version is written, from this table alone: the guide cannot come into it.
    search = models.GeneratedField(expression=SEARCHABLE, output_field=SearchVectorField(), db_persist=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_version_per_number"),
        ]
        indexes = [GinIndex(fields=["search"], name="case_words")]
        ordering = ["case_id", "-number"]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"


class Guide(models.Model):
    """The interviewer's half: facts, probes, hints, reference. No relation leads here from the candidate's half."""

    version = models.OneToOneField(CaseVersion, on_delete=models.CASCADE, related_name="+")
    body = models.JSONField()

    def __str__(self) -> str:
        return f"Guide to {self.version_id}"


class SeenCase(models.Model):
    """That a person knows more of a case than its candidate may, and how they came to; the first time counts."""

    class How(models.TextChoices):
        GUIDE = "guide", "Opened its guide"
        CANDIDATE = "candidate", "Was interviewed on it"
        INTERVIEWER = "interviewer", "Interviewed somebody on it"
        OBSERVER = "observer", "Watched an interview on it"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=12, choices=How)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "case", "how"], name="seen_once_in_each_way"),
            models.CheckConstraint(
                condition=models.Q(how__in=["guide", "candidate", "interviewer", "observer"]),
                name="known_way_of_seeing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.how} {self.case_id}"

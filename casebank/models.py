"""Cases and their published versions; what only an interviewer may see stands in a table of its own."""

from __future__ import annotations

import uuid

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
    retired_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its owner took it out of the bank. Its versions stay: sessions stand on them. One of the "
        "project's own is retired from the beginning where it only came along with sessions from elsewhere.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(retired_at=None)
                | models.Q(owner__isnull=False)
                | models.Q(retired_at=models.F("created_at")),
                name="only_private_cases_retire_later",
            ),
        ]

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
    starter = models.JSONField(
        null=True, blank=True, help_text="A portable drawing to begin with: what stands already."
    )
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


class Draft(models.Model):
    """A case that somebody is writing: one text, kept whatever is wrong with it. Only its owner sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(
        Case,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="The owner's case that it makes versions of; empty until it is first published.",
    )
    base = models.ForeignKey(
        CaseVersion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The version that it began from, or was last published as.",
    )
    text = models.TextField(help_text="The case as one YAML document (casebank/schema/onefile.py).")
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves.")
    title = models.CharField(max_length=300, blank=True, help_text="As the text says it, for lists.")
    faults = models.PositiveIntegerField(default=0, help_text="How many the last check found.")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "case"], condition=models.Q(case__isnull=False), name="one_draft_per_case"
            ),
        ]

    def __str__(self) -> str:
        return f"Draft {self.title or self.id}"


class Share(models.Model):
    """A private case that its owner shows to whoever has confirmed this address, now or later."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    email = models.EmailField(help_text="In lower case.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "email"], name="one_share_per_address"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} shared with {self.email}"


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

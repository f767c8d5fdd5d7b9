"""What people say of a submission, point by point."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .score import ScoreSheet
from .session import Session


class Mark(models.Model):
    """A person's level of one point, or (`item` empty) their verdict, given while the session runs or after it. Rows
    are only ever added: the newest of a person and point counts, and scoring again touches none. `automatic_level` is
    what the automatic sheet `beside` said when the person saw it; None where they marked without it. A private table:
    no candidate's query reads it.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="marks")
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    item = models.CharField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField()
    beside = models.ForeignKey(ScoreSheet, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    automatic_level = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mark_is_a_level_or_a_verdict",
                condition=Q(item="", level__range=(1, 4)) | (~Q(item="") & Q(level__range=(0, 3))),
            ),
            models.CheckConstraint(
                name="mark_agrees_or_has_a_reason",
                condition=~Q(reason="")
                | Q(automatic_level__isnull=False, level=F("automatic_level"))
                | (Q(automatic_level=None) & ~Q(item="")),
            ),
        ]
        indexes = [models.Index(fields=["session", "item", "-at"], name="newest_marks")]

    def __str__(self) -> str:
        return f"{self.item or 'verdict'} of {self.session_id}: {self.level}"

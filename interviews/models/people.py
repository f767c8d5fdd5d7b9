"""What people want of each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .session import Seat, Session


class Block(models.Model):
    """`by` does not want to meet `of` again. Only `by` ever sees it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks")
    of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "of"], name="one_block_per_pair"),
            models.CheckConstraint(condition=~Q(by=F("of")), name="nobody_blocks_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} blocks {self.of_id}"


class Complaint(models.Model):
    """What somebody tells the admins of a person they sat with. The one it is about never learns of it."""

    class Reason(models.TextChoices):
        HURTFUL = "hurtful", "Rude or hurtful"
        HARASSMENT = "harassment", "Harassment or threats"
        ABSENT = "absent", "Did not come, or left"
        CHEATING = "cheating", "Gave the case away, or had help"
        SPAM = "spam", "Advertising or recruiting"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        HANDLED = "handled", "Handled"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.TextField(blank=True, max_length=2_000)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "report of a person"
        verbose_name_plural = "reports of people"
        constraints = [
            models.UniqueConstraint(
                fields=["by", "of", "session"],
                condition=Q(state="open"),
                name="one_open_complaint_per_pair_and_session",
            ),
            models.CheckConstraint(condition=~Q(by=F("of")), name="nobody_complains_of_themselves"),
            models.CheckConstraint(
                name="complaint_is_handled_when_it_says_so",
                condition=Q(state="open", handled_at=None) | Q(state="handled", handled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.state})"


class Introduction(models.Model):
    """That `by` would show `to` who they are. Nobody sees anything until both rows are there (rules.identity)."""

    by = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="introductions")
    to = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "to"], name="one_introduction_per_pair"),
            models.CheckConstraint(condition=~Q(by=F("to")), name="nobody_meets_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} shows {self.to_id} who they are"

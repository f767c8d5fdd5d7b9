"""More time, asked for and answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .session import Seat, Session


class Extension(models.Model):
    """Somebody asked for `minutes` more. Open until it is answered; the end of the session leaves it unanswered."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="extensions")
    minutes = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="extension_of_five_or_ten_minutes", condition=Q(minutes__in=[5, 10])),
            models.CheckConstraint(
                name="extension_answered_at_a_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["session"], condition=Q(answer=""), name="one_open_extension_per_session"
            ),
            models.UniqueConstraint(
                fields=["session"], condition=Q(answer="agreed"), name="one_extension_per_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} more minutes in {self.session_id}: {self.answer or 'open'}"

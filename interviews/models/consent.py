"""Who is ready, and whether a replay is all right with them."""

from __future__ import annotations

from django.db import models

from .session import Seat


class Consent(models.Model):
    """A seat's answer to the question whether board, notes and chat may be replayed, which is asked where one says
    that one is ready. `answered_at` is None for those who sat before anybody was asked."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="consent")
    replay = models.BooleanField()
    ready_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Seat {self.seat_id}: {'a' if self.replay else 'no'} replay"

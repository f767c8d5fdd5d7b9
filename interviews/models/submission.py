"""What the candidate handed in."""

from __future__ import annotations

from django.db import models

from .session import Session


class Submission(models.Model):
    """The snapshot of notes, board and events at the end. It never changes: a trigger refuses UPDATE."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="submission")
    submitted_at = models.DateTimeField()
    notes = models.JSONField(help_text="{step: text}")
    board = models.JSONField(help_text="The live Excalidraw elements, in order.")
    annotations = models.JSONField(
        default=list, help_text="The ids of elements on the board that the candidate did not draw first."
    )
    board_seq = models.BigIntegerField()
    events = models.JSONField(help_text="[{at, kind, role, data}]")

    def __str__(self) -> str:
        return f"Submission of {self.session_id}"

"""What was written and what happened while a session ran."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .session import Seat, Session


class Note(models.Model):
    """The candidate's notes on one step; `version` grows by one with each accepted save."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    step = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "step"], name="one_note_per_step")]

    def __str__(self) -> str:
        return f"{self.step} v{self.version}"


class NoteRevision(models.Model):
    """What one accepted save changed in a note: `removed` characters at `start` gave way to `inserted`.

    Applied in the order of their versions, from an empty note, they lead to the note as it stands.
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(help_text="The note's version after this save.")
    at = models.DateTimeField()
    start = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    inserted = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "version"], name="one_revision_per_version")]
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.note_id} v{self.version}"


class PrivateNote(models.Model):
    """Notes that only the seat's owner ever reads."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="private_note")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Private notes of {self.seat_id}"


class EventBase(models.Model):
    """One thing that happened, append-only."""

    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=32)
    data = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["at", "id"]


class Event(EventBase):
    """What everybody in the session may know: joined, started, paused, resumed, ended."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%H:%M:%S}"


class PrivateEvent(EventBase):
    """What only interviewers may know, such as that the guide was opened. A table of its own."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"private {self.kind} at {self.at:%H:%M:%S}"

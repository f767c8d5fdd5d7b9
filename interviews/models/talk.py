"""What people say to each other in a session, beside the board and the notes."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .session import Seat, Session


class ChatMessage(models.Model):
    """One message of a session's chat, read by everybody in it and scored by nobody. `ref` is the sender's own
    number for it, so that one that is sent again is kept once."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="chat")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ref = models.BigIntegerField()
    text = models.CharField(max_length=2_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "ref"], name="one_chat_message_per_ref"),
            models.CheckConstraint(condition=~models.Q(text=""), name="chat_message_says_something"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Chat {self.pk} in {self.session_id}"


class CallLink(models.Model):
    """A link to a call elsewhere that somebody in the session pasted; everybody in it sees it."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="call_link")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(url__startswith="https://"), name="call_link_is_https"),
        ]

    def __str__(self) -> str:
        return f"Call link of {self.session_id}"

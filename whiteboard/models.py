"""The board, its elements as they stand, and the log of how they came to stand so."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Board(models.Model):
    """A whiteboard. It takes edits only while `open_until` lies ahead; NULL means closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seq = models.BigIntegerField(
        default=0, help_text="The number of the last delta in the log; it has no gaps."
    )
    open_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Board {self.id} at {self.seq}"


class Element(models.Model):
    """One Excalidraw element as the server has it, tombstones included."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="elements", db_index=False)
    element_id = models.CharField(max_length=64)
    version = models.BigIntegerField()
    nonce = models.BigIntegerField(
        help_text="Excalidraw's versionNonce: of two equal versions the lower wins."
    )
    seq = models.BigIntegerField(help_text="The delta that wrote this row.")
    is_deleted = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Who drew it first.",
    )
    data = models.JSONField()

    class Meta:
        # No further index: an update that changes no indexed column writes none, and a board's rows are few.
        constraints = [models.UniqueConstraint(fields=["board", "element_id"], name="one_row_per_element")]

    def __str__(self) -> str:
        return f"{self.element_id} v{self.version}"


class Delta(models.Model):
    """What one committed message changed: the append-only log from which any moment can be replayed."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="deltas", db_index=False)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    elements = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "seq"], name="one_delta_per_seq")]

    def __str__(self) -> str:
        return f"Delta {self.seq} of {self.board_id}"


class Recording(models.Model):
    """The log of a board that takes no more edits, packed: it replaces the rows of `Delta` up to `last_seq`."""

    board = models.OneToOneField(Board, on_delete=models.CASCADE, related_name="recording")
    last_seq = models.BigIntegerField()
    packed = models.BinaryField(help_text="See whiteboard.replay for the format.")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Recording of {self.board_id} up to {self.last_seq}"

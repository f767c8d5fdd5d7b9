"""What is stored of a board."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from whiteboard.models import Board, Delta, Recording
from whiteboard.replay import Entry, Timeline, unpack


def log_of(board: Board) -> tuple[Entry, ...]:
    """The board's whole log in its order: what is packed, then the rows that came since.

    replay.Damaged if the recording cannot be read.
    """
    # The rows first: a recording made in between then holds them too, and what is in both counts once.
    rows = Delta.objects.filter(board=board).order_by("seq")
    since = [Entry(row.seq, row.at, row.author_id, tuple(row.elements)) for row in rows]
    recording = Recording.objects.filter(board=board).first()
    if recording is None:
        return tuple(since)
    packed = unpack(bytes(recording.packed))
    return (*packed, *(entry for entry in since if entry.seq > recording.last_seq))


def timeline_of(board: Board) -> Timeline:
    """The versions of the board's elements over time; replay.Damaged if the recording cannot be read.

    Whoever scrubs asks again and again: what is wholly packed stays open for the next question.
    """
    made_at = Recording.objects.filter(board=board).values_list("made_at", flat=True).first()
    if made_at is None or Delta.objects.filter(board=board).exists():
        return Timeline(log_of(board))
    return _opened(board.pk, made_at)


# A session of 6,000 updates takes some ten megabytes when it is open, so a process keeps only a few.
@lru_cache(maxsize=4)
def _opened(board: UUID, made_at: datetime) -> Timeline:
    """`made_at` tells one recording of a board from the next."""
    return Timeline(unpack(bytes(Recording.objects.get(board_id=board, made_at=made_at).packed)))

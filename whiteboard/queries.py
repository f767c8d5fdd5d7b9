"""What is stored of a board."""

from __future__ import annotations

from whiteboard.models import Board, Delta, Recording
from whiteboard.replay import Entry, unpack


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

"""Verbs that write to a board from outside its live room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from whiteboard import replay
from whiteboard.models import Board, Delta, Element, Recording
from whiteboard.queries import log_of
from whiteboard.replay import Entry
from whiteboard.rules import Element as Drawn
from whiteboard.rules.merge import in_order


@transaction.atomic
def paint(*, board: Board, elements: list[Drawn], author_id: int | None, now: datetime) -> None:
    """Draw new elements on a board as one delta of its log, as a room would have committed them."""
    held = Board.objects.select_for_update().get(pk=board.pk)
    held.seq += 1
    held.save(update_fields=["seq"])
    Element.objects.bulk_create(
        Element(
            board=held,
            element_id=drawn["id"],
            version=drawn["version"],
            nonce=drawn["versionNonce"],
            seq=held.seq,
            is_deleted=drawn["isDeleted"],
            author_id=author_id,
            data=drawn,
        )
        for drawn in elements
    )
    Delta.objects.create(board=held, seq=held.seq, at=now, author_id=author_id, elements=in_order(elements))


class Unfaithful(RuntimeError):
    """What the log leads to is not what the board's rows say. Nothing was packed and nothing deleted."""


@transaction.atomic
def record(*, board: Board, now: datetime) -> bool:
    """Put a packed recording in the place of the log's rows, once the board takes no edits; True if it did.

    Doing so again packs what came since. Unfaithful, with everything kept, if the recording does not read back
    as the log or does not lead to the elements as they stand.
    """
    held = Board.objects.select_for_update().get(pk=board.pk)
    rows = Delta.objects.filter(board=held)
    if (held.open_until is not None and held.open_until > now) or not rows.exists():
        return False
    log = log_of(held)
    packed = replay.pack(log)
    again = replay.unpack(packed)
    drawn = {element["id"]: element for entry in again for element in entry.elements}
    stands = dict(Element.objects.filter(board=held).values_list("element_id", "data"))
    if again != log or drawn != stands or [entry.seq for entry in log] != list(range(1, held.seq + 1)):
        raise Unfaithful(f"The log of board {held.pk} does not lead to its elements; all of it is kept.")
    Recording.objects.update_or_create(
        board=held, defaults={"last_seq": held.seq, "packed": packed, "made_at": now}
    )
    rows.delete()
    return True


@transaction.atomic
def restore(*, id: UUID, created_at: datetime, entries: list[Entry], now: datetime) -> Board:
    """A closed board from its whole log, as it is kept of a session that has ended. Entries are numbered from 1."""
    board = Board.objects.create(id=id, created_at=created_at, seq=len(entries))
    first: dict[str, int | None] = {}
    last: dict[str, tuple[int, Drawn]] = {}
    for entry in entries:
        for drawn in entry.elements:
            first.setdefault(drawn["id"], entry.author)
            last[drawn["id"]] = entry.seq, drawn
    Element.objects.bulk_create(
        Element(
            board=board,
            element_id=name,
            version=drawn["version"],
            nonce=drawn["versionNonce"],
            seq=seq,
            is_deleted=drawn["isDeleted"],
            author_id=first[name],
            data=drawn,
        )
        for name, (seq, drawn) in last.items()
    )
    if entries:
        Recording.objects.create(board=board, last_seq=len(entries), packed=replay.pack(entries), made_at=now)
    return board

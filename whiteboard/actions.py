"""Verbs that write to a board from outside its live room."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from whiteboard.models import Board, Delta, Element
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
            data=drawn,
        )
        for drawn in elements
    )
    Delta.objects.create(board=held, seq=held.seq, at=now, author_id=author_id, elements=in_order(elements))

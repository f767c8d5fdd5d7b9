"""What is written together is written on the boards where nothing stands against it, and on no other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import orjson
import psycopg
import pytest
from django.utils import timezone

from tests.whiteboard.drawing import box
from tests.whiteboard.live.stage import play, row_held
from whiteboard.live.store import Delta, Store

if TYPE_CHECKING:
    from mlsd_site.accounts.models import User
    from whiteboard.models import Board


def delta(seq: int, author: int | None = None) -> Delta:
    elements = [box(f"b{seq}")]
    return Delta(seq, author, elements, orjson.Fragment(orjson.dumps(elements)))


async def append(deltas: dict[UUID, list[Delta]]) -> set[UUID]:
    store = Store()
    await store.open()
    try:
        return await store.append(deltas)
    finally:
        await store.close()


def test_only_boards_that_are_open_free_and_where_they_were_thought_to_be_are_written(
    board: Board, ada: User
) -> None:
    boards, open_until = type(board).objects, board.open_until
    closed = boards.create()
    over = boards.create(open_until=timezone.now() - timedelta(seconds=1))
    ahead = boards.create(open_until=open_until, seq=7)
    behind = boards.create(open_until=open_until)
    held = boards.create(open_until=open_until)
    everywhere = {one.pk: [delta(1, ada.pk), delta(2, ada.pk)] for one in (board, closed, over, ahead, held)}

    async def scene() -> set[UUID]:
        async with row_held(held):
            return await append({**everywhere, behind.pk: [delta(3)], uuid4(): [delta(1)]})

    assert play(scene) == {board.pk}
    assert list(board.deltas.order_by("seq").values_list("seq", "author_id")) == [(1, ada.pk), (2, ada.pk)]
    assert set(board.elements.values_list("element_id", "seq")) == {("b1", 1), ("b2", 2)}
    board.refresh_from_db()
    assert board.seq == 2
    for other in (closed, over, ahead, behind, held):
        seq = other.seq
        other.refresh_from_db()
        assert (other.seq, other.deltas.count(), other.elements.count()) == (seq, 0, 0)


def test_what_was_written_is_not_written_again(board: Board) -> None:
    assert play(lambda: append({board.pk: [delta(1)]})) == {board.pk}
    assert play(lambda: append({board.pk: [delta(1)]})) == set()
    assert board.deltas.count() == 1


def test_one_that_cannot_be_stored_keeps_all_out(board: Board) -> None:
    """So each is tried by itself then."""
    other = type(board).objects.create(open_until=board.open_until)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        play(lambda: append({board.pk: [delta(1)], other.pk: [delta(1, 987_654)]}))
    assert (board.deltas.count(), other.deltas.count()) == (0, 0)

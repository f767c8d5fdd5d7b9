"""The board in Postgres, as rooms read and write it. Async psycopg, because the event loop must not wait."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import psycopg
from django.db import connections
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from whiteboard.rules import Element

# What these say about a batch will be the same tomorrow; every other error may be over in a second.
LASTING = (psycopg.DataError, psycopg.IntegrityError, TypeError, ValueError)


class NoBoard(LookupError):
    """There is no such board (any more)."""


class Closed(Exception):
    """The board closed while its row was held; nothing was written."""


@dataclass(frozen=True, slots=True)
class Delta:
    """One entry of the log: its number, who drew it (a user id), and the elements as they stand after it."""

    seq: int
    author: int | None
    elements: list[Element]


class Store:
    """A small pool of connections to the database of `parameters` (as psycopg takes them; Django's if
    None)."""

    def __init__(self, parameters: Mapping[str, Any] | None = None) -> None:
        given = parameters or connections["default"].get_connection_params()
        kept = {key: value for key, value in given.items() if key not in ("cursor_factory", "context")}
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] = AsyncConnectionPool(
            kwargs={"connect_timeout": 3, "tcp_user_timeout": 10_000, **kept},
            min_size=1,
            max_size=4,
            timeout=3,
            reconnect_timeout=2,
            open=False,
            check=AsyncConnectionPool.check_connection,
        )

    async def open(self) -> None:
        """Start connecting; Postgres need not be there yet."""
        await self._pool.open()

    async def close(self) -> None:
        """Give the connections back."""
        await self._pool.close(timeout=2)

    @asynccontextmanager
    async def turn(self, board: UUID) -> AsyncIterator[Turn]:
        """A transaction that holds the board's row, so that one process writes at a time; commits on leaving.

        Closing a board waits for this row too, so an edit is either before the end or refused. NoBoard where
        there is none.
        """
        async with self._pool.connection() as connection, connection.transaction():
            cursor = await connection.execute(
                "SELECT seq, coalesce(open_until > clock_timestamp(), false) FROM whiteboard_board "
                "WHERE id = %s FOR UPDATE",
                [board],
            )
            row = await cursor.fetchone()
            if row is None:
                raise NoBoard(f"There is no board {board}.")
            yield Turn(connection, board, seq=row[0], is_open=row[1])

    async def since(self, board: UUID, seq: int) -> tuple[int, list[tuple[Element, int]]]:
        """(the board's seq, the elements written after `seq`, each with the seq that wrote it)."""
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor = await connection.execute("SELECT seq FROM whiteboard_board WHERE id = %s", [board])
            row = await cursor.fetchone()
            if row is None:
                raise NoBoard(f"There is no board {board}.")
            return row[0], await _changed(connection, board, seq)

    async def seqs(self, boards: Sequence[UUID]) -> dict[UUID, int]:
        """The seq of each of these boards."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "SELECT id, seq FROM whiteboard_board WHERE id = ANY(%s)", [list(boards)]
            )
            return dict(await cursor.fetchall())


class Turn:
    """What may be done while the board's row is held. `seq` is the last delta in the log."""

    def __init__(self, connection: AsyncConnection[Any], board: UUID, *, seq: int, is_open: bool) -> None:
        self._connection = connection
        self._board = board
        self.seq = seq
        self.is_open = is_open

    async def since(self, seq: int) -> list[tuple[Element, int]]:
        """What others wrote after `seq`."""
        return await _changed(self._connection, self._board, seq) if self.seq > seq else []

    async def write(self, deltas: Sequence[Delta]) -> None:
        """Append the deltas to the log and bring the rows to where they lead.

        The clock is asked once more, with the row in hand: waiting for it may have taken until the end.
        Raises Closed.
        """
        if not deltas:
            return
        rows = {element["id"]: (element, delta.seq) for delta in deltas for element in delta.elements}
        first = {element["id"]: delta.author for delta in reversed(deltas) for element in delta.elements}
        async with self._connection.cursor() as board, self._connection.cursor() as cursor:
            async with self._connection.pipeline():
                await board.execute(_ADVANCE, [deltas[-1].seq, self._board])
                await cursor.executemany(
                    _UPSERT,
                    [
                        (
                            self._board,
                            id,
                            e["version"],
                            e["versionNonce"],
                            seq,
                            e["isDeleted"],
                            first[id],
                            _jsonb(e),
                        )
                        for id, (e, seq) in rows.items()
                    ],
                )
                await cursor.executemany(
                    _APPEND,
                    [(self._board, delta.seq, delta.author, _jsonb(delta.elements)) for delta in deltas],
                )
            if board.rowcount == 0:
                raise Closed


_ADVANCE = "UPDATE whiteboard_board SET seq = %s WHERE id = %s AND open_until > clock_timestamp()"
# The row that stands gives way only to one that beats it, whoever wrote it; under the lock it always does. Its
# author stays: who drew an element first.
_UPSERT = """
INSERT INTO whiteboard_element AS standing (board_id, element_id, version, nonce, seq, is_deleted, author_id, data)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (board_id, element_id) DO UPDATE
SET version = excluded.version, nonce = excluded.nonce, seq = excluded.seq,
    is_deleted = excluded.is_deleted, data = excluded.data
WHERE (excluded.version, -excluded.nonce) > (standing.version, -standing.nonce)
"""
_APPEND = """
INSERT INTO whiteboard_delta (board_id, seq, at, author_id, elements)
VALUES (%s, %s, clock_timestamp(), %s, %s)
"""


async def _changed(connection: AsyncConnection[Any], board: UUID, seq: int) -> list[tuple[Element, int]]:
    cursor = await connection.execute(
        "SELECT data, seq FROM whiteboard_element WHERE board_id = %s AND seq > %s ORDER BY seq", [board, seq]
    )
    return await cursor.fetchall()


def _jsonb(value: object) -> Jsonb:
    return Jsonb(value, dumps=lambda one: orjson.dumps(one).decode())

"""The board in Postgres, as rooms read and write it. Async psycopg, because the event loop must not wait."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connections
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from whiteboard.rules import Element


@dataclass(frozen=True, slots=True)
class Written:
    """One delta of the log: its number, who drew it (a user id), and the elements as they stand after it."""

    seq: int
    author: int | None
    elements: list[Element]


class Store:
    """A small pool of connections to the same database as Django's."""

    def __init__(self) -> None:
        parameters = connections["default"].get_connection_params()
        kept = {key: value for key, value in parameters.items() if key not in ("cursor_factory", "context")}
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] = AsyncConnectionPool(
            kwargs=kept,
            min_size=1,
            max_size=4,
            timeout=5,
            reconnect_timeout=2,
            open=False,
            check=AsyncConnectionPool.check_connection,
        )

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close(timeout=2)

    @asynccontextmanager
    async def turn(self, board: UUID) -> AsyncIterator[Turn | None]:
        """A transaction that holds the board's row; None where the board is closed. It commits on leaving.

        Closing a board waits for this row too, so an edit is either before the end or refused.
        """
        async with self._pool.connection() as connection, connection.transaction():
            cursor = await connection.execute(
                "SELECT seq, coalesce(open_until > clock_timestamp(), false) FROM whiteboard_board "
                "WHERE id = %s FOR UPDATE",
                [board],
            )
            row = await cursor.fetchone()
            yield Turn(connection, board, row[0]) if row and row[1] else None

    async def since(self, board: UUID, seq: int) -> tuple[int, list[tuple[Element, int]]]:
        """(the board's seq, the elements written after `seq`, each with the seq that wrote it)."""
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor = await connection.execute("SELECT seq FROM whiteboard_board WHERE id = %s", [board])
            row = await cursor.fetchone()
            if row is None:
                raise LookupError(f"There is no board {board}.")
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

    def __init__(self, connection: AsyncConnection[Any], board: UUID, seq: int) -> None:
        self._connection = connection
        self._board = board
        self.seq = seq

    async def since(self, seq: int) -> list[tuple[Element, int]]:
        """What others wrote after `seq`."""
        return await _changed(self._connection, self._board, seq) if self.seq > seq else []

    async def write(self, deltas: Iterable[Written]) -> None:
        """Append the deltas to the log and bring the rows to where they lead."""
        deltas = list(deltas)
        if not deltas:
            return
        rows = {element["id"]: (element, delta.seq) for delta in deltas for element in delta.elements}
        async with self._connection.pipeline(), self._connection.cursor() as cursor:
            await cursor.executemany(
                "INSERT INTO whiteboard_element (board_id, element_id, version, nonce, seq, is_deleted, data) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (board_id, element_id) DO UPDATE SET "
                "version = excluded.version, nonce = excluded.nonce, seq = excluded.seq, "
                "is_deleted = excluded.is_deleted, data = excluded.data",
                [
                    (self._board, id, e["version"], e["versionNonce"], seq, e["isDeleted"], _jsonb(e))
                    for id, (e, seq) in rows.items()
                ],
            )
            await cursor.executemany(
                "INSERT INTO whiteboard_delta (board_id, seq, at, author_id, elements) "
                "VALUES (%s, %s, clock_timestamp(), %s, %s)",
                [(self._board, delta.seq, delta.author, _jsonb(delta.elements)) for delta in deltas],
            )
            await cursor.execute(
                "UPDATE whiteboard_board SET seq = %s WHERE id = %s", [deltas[-1].seq, self._board]
            )


async def _changed(connection: AsyncConnection[Any], board: UUID, seq: int) -> list[tuple[Element, int]]:
    cursor = await connection.execute(
        "SELECT data, seq FROM whiteboard_element WHERE board_id = %s AND seq > %s", [board, seq]
    )
    return await cursor.fetchall()


def _jsonb(value: object) -> Jsonb:
    return Jsonb(value, dumps=lambda one: orjson.dumps(one).decode())

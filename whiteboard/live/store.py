"""The board in Postgres, as rooms read and write it. Async psycopg, because the event loop must not wait."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import psycopg
from django.db import connections
from psycopg import AsyncConnection, AsyncCursor
from psycopg_pool import AsyncConnectionPool

from whiteboard.rules import Element

# What these say about a batch will be the same tomorrow; every other error may be over in a second.
LASTING = (psycopg.DataError, psycopg.IntegrityError, TypeError, ValueError)
# No row may be waited for longer than this, in milliseconds; who waited tries again.
LOCK_TIMEOUT = 1_500
# Seconds for which a connection that was looked at is taken to stand.
_TRUSTED_FOR = 0.5
_CHECKED = "_two_loops_checked"
_ABOUT_A_ROW = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)


def is_away(error: Exception) -> bool:
    """Whether an error says that Postgres did not answer, or not in time, and nothing about what it was asked."""
    if isinstance(error, psycopg.OperationalError):
        return not isinstance(error, _ABOUT_A_ROW)
    return isinstance(error, TimeoutError | OSError)


class NoBoard(LookupError):
    """There is no such board (any more)."""


@dataclass(frozen=True, slots=True)
class Delta:
    """One entry of the log: its number, who drew it (a user id), and the elements as they stand after it, as a list
    and as the JSON that is stored and sent."""

    seq: int
    author: int | None
    elements: list[Element]
    json: orjson.Fragment


@dataclass(frozen=True, slots=True)
class Connections:
    """A pool: connections nobody uses and somebody uses, who waits for one, and who has waited in vain so far."""

    free: int = 0
    used: int = 0
    waiting: int = 0
    refused: int = 0


class Store:
    """A small pool of connections to the database of `parameters` (as psycopg takes them; Django's if
    None)."""

    def __init__(self, parameters: Mapping[str, Any] | None = None) -> None:
        given = parameters or connections["default"].get_connection_params()
        kept = {key: value for key, value in given.items() if key not in ("cursor_factory", "context")}
        kept["options"] = f"{kept.get('options', '')} -c lock_timeout={LOCK_TIMEOUT}".strip()
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] = AsyncConnectionPool(
            kwargs={"connect_timeout": 3, "tcp_user_timeout": 10_000, **kept, "autocommit": True},
            min_size=1,
            max_size=4,
            timeout=3,
            reconnect_timeout=2,
            open=False,
            check=_check_if_idle,
        )

    async def open(self) -> None:
        """Start connecting; Postgres need not be there yet."""
        await self._pool.open()

    def connections(self) -> Connections:
        """How the pool stands; callable from any thread."""
        found = self._pool.get_stats()
        free = found.get("pool_available", 0)
        return Connections(
            free=free,
            used=found.get("pool_size", 0) - free,
            waiting=found.get("requests_waiting", 0),
            refused=found.get("requests_errors", 0),
        )

    async def close(self) -> None:
        """Give the connections back."""
        await self._pool.close(timeout=2)

    async def append(self, deltas: Mapping[UUID, Sequence[Delta]]) -> set[UUID]:
        """Write the deltas of many boards in one statement; which boards that could be done on. The others are as they
        were: closed, gone, held by somebody, or written to by another process since.

        The statement is the transaction, so there is nothing to wait for between its parts on a loop that has a
        thousand sockets to read.
        """
        async with self._pool.connection() as connection:
            cursor = await connection.execute(_WRITE, [_log(deltas)])
            return {board for (board,) in await cursor.fetchall()}

    @asynccontextmanager
    async def turn(self, board: UUID) -> AsyncIterator[Turn]:
        """A transaction that holds the row of this board, so that one process writes at a time; commits on leaving.

        Closing a board waits for its row too, so an edit is either before the end or refused.
        """
        async with self._pool.connection() as connection:
            # A pipeline: BEGIN travels with the first statement and COMMIT with the last.
            async with connection.pipeline(), connection.transaction():
                cursor = await connection.execute(_STAND + "FOR UPDATE", [board])
                row = await cursor.fetchone()
                turn = Turn(connection, board, Held(*row) if row else None)
                yield turn
            await turn.learn()

    async def since(self, board: UUID, seq: int) -> tuple[Held, list[tuple[Element, int]]]:
        """(how the board stands, the elements written after `seq`, each with the seq that wrote it)."""
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor = await connection.execute(_STAND, [board])
            row = await cursor.fetchone()
            if row is None:
                raise NoBoard(f"There is no board {board}.")
            return Held(*row), await _changed(connection, board, seq)

    async def seqs(self, boards: Sequence[UUID]) -> dict[UUID, int]:
        """The seq of each of these boards."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "SELECT id, seq FROM whiteboard_board WHERE id = ANY(%s)", [list(boards)]
            )
            return dict(await cursor.fetchall())


async def _check_if_idle(connection: AsyncConnection[Any]) -> None:
    """Ask a connection whether it still stands, unless it has just been used."""
    now = time.monotonic()
    if now - getattr(connection, _CHECKED, 0.0) > _TRUSTED_FOR:
        await AsyncConnectionPool.check_connection(connection)
    setattr(connection, _CHECKED, now)


@dataclass(frozen=True, slots=True)
class Held:
    """How a board stands: the last delta in its log, and whether it takes edits."""

    seq: int
    is_open: bool


class Turn:
    """What may be done while the row of a board is held; `held` is None where there is no such board."""

    def __init__(self, connection: AsyncConnection[Any], board: UUID, held: Held | None) -> None:
        self._connection = connection
        self._board = board
        self._cursor: AsyncCursor[Any] | None = None
        self.held = held
        self.was_written = False

    async def since(self, seq: int) -> list[tuple[Element, int]]:
        """What others wrote after the delta of this number."""
        return await _changed(self._connection, self._board, seq)

    async def write(self, deltas: Sequence[Delta]) -> None:
        """Append deltas to the log and bring the board's rows to where they lead.

        The clock is asked once more, with the row in hand: waiting for it may have taken until the end. Once the
        transaction is over, `was_written` says whether the board was still open.
        """
        if deltas:
            self._cursor = await self._connection.execute(_WRITE, [_log({self._board: deltas})])

    async def learn(self) -> None:
        """Read what the write came to."""
        if self._cursor:
            self.was_written = bool(await self._cursor.fetchall())


def _log(deltas: Mapping[UUID, Sequence[Delta]]) -> str:
    """What _WRITE reads."""
    log = [
        {"board": str(board), "seq": one.seq, "author": one.author, "elements": one.json}
        for board, some in deltas.items()
        for one in some
    ]
    return orjson.dumps(log).decode()


_STAND = """
SELECT seq, coalesce(open_until > clock_timestamp(), false) FROM whiteboard_board WHERE id = %s
"""
# Only boards whose log ends where these deltas go on, and that nobody else holds. Of an element that changed twice only
# the last copy is written. The row that stands gives way only to one that beats it, whoever wrote it; under the lock it
# always does. Its author stays: who drew an element first.
_WRITE = """
WITH sent AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS delta (board uuid, seq bigint, author bigint, elements jsonb)
), led AS (
    SELECT board, min(seq) - 1 AS known, max(seq) AS seq FROM sent GROUP BY board
), held AS MATERIALIZED (
    SELECT board.id, led.seq FROM whiteboard_board AS board JOIN led ON led.board = board.id
    WHERE board.seq = led.known AND board.open_until > clock_timestamp()
    ORDER BY board.id FOR UPDATE OF board SKIP LOCKED
), written AS (
    UPDATE whiteboard_board AS board SET seq = held.seq FROM held WHERE board.id = held.id RETURNING board.id
), deltas AS MATERIALIZED (
    SELECT sent.* FROM sent JOIN written ON written.id = sent.board
), appended AS (
    INSERT INTO whiteboard_delta (board_id, seq, at, author_id, elements)
    SELECT board, seq, clock_timestamp(), author, elements FROM deltas
), drawn AS (
    INSERT INTO whiteboard_element AS standing
        (board_id, element_id, version, nonce, seq, is_deleted, author_id, data)
    SELECT DISTINCT ON (board, one ->> 'id')
        board, one ->> 'id', (one ->> 'version')::bigint, (one ->> 'versionNonce')::bigint, seq,
        (one ->> 'isDeleted')::boolean, first_value(author) OVER (PARTITION BY board, one ->> 'id' ORDER BY seq), one
    FROM deltas CROSS JOIN jsonb_array_elements(elements) AS one
    ORDER BY board, one ->> 'id', seq DESC
    ON CONFLICT (board_id, element_id) DO UPDATE
    SET version = excluded.version, nonce = excluded.nonce, seq = excluded.seq,
        is_deleted = excluded.is_deleted, data = excluded.data
    WHERE (excluded.version, -excluded.nonce) > (standing.version, -standing.nonce)
)
SELECT id FROM written
"""


async def _changed(connection: AsyncConnection[Any], board: UUID, seq: int) -> list[tuple[Element, int]]:
    cursor = await connection.execute(
        "SELECT data, seq FROM whiteboard_element WHERE board_id = %s AND seq > %s ORDER BY seq", [board, seq]
    )
    return list(await cursor.fetchall())

"""The rooms of this process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from whiteboard.live.bus import Bus
from whiteboard.live.room import Room
from whiteboard.live.scribe import Scribe
from whiteboard.live.store import Connections, Store

log = logging.getLogger(__name__)
RECONCILE_EVERY = 2.0
RESTARTING = 1012


class Hub:
    """Opens rooms on demand and forgets them when the last member has left.

    `database` (psycopg's parameters) and `redis_url` are Django's unless given.
    """

    def __init__(self, *, database: Mapping[str, Any] | None = None, redis_url: str | None = None) -> None:
        self._store = Store(database)
        self._bus = Bus(self._hear, redis_url)
        self._scribe = Scribe(self._store)
        self._rooms: dict[UUID, Room] = {}
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect; must run on the loop that the rooms will live on. Neither server need be there yet."""
        await self._store.open()
        self._bus.open()
        self._watch = asyncio.create_task(self._reconcile())

    def connections(self) -> Connections:
        """How the pool of connections to Postgres stands; callable from any thread."""
        return self._store.connections()

    async def close(self) -> None:
        """Commit what is pending, and send everybody away to reconnect."""
        rooms = list(self._rooms.values())
        await asyncio.gather(*(room.settle() for room in rooms))
        for room in rooms:
            room.dismiss(RESTARTING)
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        await self._bus.close()
        await self._store.close()

    async def join(self, board: UUID) -> Room:
        """The room of this board, read from Postgres where it is not open yet; NoBoard where there is none.

        Each `join` needs its `part`.
        """
        if board not in self._rooms:
            room = Room(board, self._store, self._bus, self._scribe)
            await room.catch_up()
            self._rooms.setdefault(board, room)
            self._bus.follow(board)
        room = self._rooms[board]
        room.holders += 1
        return room

    async def part(self, room: Room) -> None:
        """Give back what `join` gave; the last one out closes the room."""
        room.holders -= 1
        if room.holders == 0:
            await room.settle()
        if room.holders == 0 and self._rooms.get(room.board) is room:
            del self._rooms[room.board]
            self._bus.unfollow(room.board)

    def _hear(self, board: UUID, news: dict[str, Any]) -> None:
        if room := self._rooms.get(board):
            room.hear(news)

    async def _reconcile(self) -> None:
        """Read from Postgres what the bus lost."""
        while True:
            await asyncio.sleep(RECONCILE_EVERY)
            if not self._rooms:
                continue
            for open_room in self._rooms.values():
                open_room.confirm()
            try:
                for board, seq in (await self._store.seqs(list(self._rooms))).items():
                    room = self._rooms.get(board)
                    # One that is being written reads what it missed by itself; waiting for it would keep the others.
                    if room and seq > room.seq and not room.writing.locked():
                        await room.catch_up()
            except Exception as error:  # whatever a lost connection raises, the next look may succeed
                log.warning("Open boards could not be compared with Postgres: %s", error)

"""The rooms of this process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any
from uuid import UUID

from whiteboard.live.bus import Bus
from whiteboard.live.room import Room
from whiteboard.live.store import Store

log = logging.getLogger(__name__)
RECONCILE_EVERY = 2.0
RESTARTING = 1012


class Hub:
    """Opens rooms on demand and forgets them when the last member has left."""

    def __init__(self) -> None:
        self._store = Store()
        self._bus = Bus(self._hear)
        self._rooms: dict[UUID, Room] = {}
        self._opening: dict[UUID, asyncio.Lock] = {}
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect; must run on the loop that the rooms will live on."""
        await self._store.open()
        self._bus.open()
        self._watch = asyncio.create_task(self._reconcile())

    async def close(self) -> None:
        """Commit what is pending, and send everybody away to reconnect."""
        for room in list(self._rooms.values()):
            await room.settle()
            room.dismiss(RESTARTING)
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        await self._bus.close()
        await self._store.close()

    async def join(self, board: UUID) -> Room:
        """The room of this board, read from Postgres where it is not open yet; LookupError for no such board."""
        async with self._opening.setdefault(board, asyncio.Lock()):
            room = self._rooms.get(board)
            if room is None:
                self._bus.follow(board)
                room = Room(board, self._store, self._bus)
                await room.catch_up()
                self._rooms[board] = room
            room.holders += 1
            return room

    async def part(self, room: Room) -> None:
        """Give back what `join` gave; the last one out closes the room."""
        room.holders -= 1
        if room.holders == 0:
            await room.settle()
        if room.holders == 0 and self._rooms.get(room.board) is room:
            del self._rooms[room.board]
            self._opening.pop(room.board, None)
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
            try:
                for board, seq in (await self._store.seqs(list(self._rooms))).items():
                    room = self._rooms.get(board)
                    if room and seq > room.seq:
                        await room.catch_up()
            except Exception as error:  # whatever Postgres' client raises, the next look may succeed
                log.warning("Open boards could not be compared with Postgres: %s", error)

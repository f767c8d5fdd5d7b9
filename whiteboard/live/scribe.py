"""Writing down what waits on all open boards of a process, together."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from uuid import UUID

from whiteboard.live import commit
from whiteboard.live.commit import Batch, Done
from whiteboard.live.store import Store, is_away

if TYPE_CHECKING:
    from whiteboard.live.room import Room

log = logging.getLogger(__name__)
# How long edits are gathered before they are committed together; it bounds how long an ack takes.
GATHER = 0.025
# How long a commit is tried again before the sockets are closed, so that the browsers resend.
PATIENCE = (0.2, 0.5, 1.0)
LONGEST_COMMIT = 8.0


class Scribe:
    """One statement for the edits of every board costs little more than one for a single board's.

    Nobody waits for a neighbour: what cannot be written with the others, because of what is in it or of who else is at
    the board, is left to a transaction of its own. While Postgres is away all are tried again together.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: set[Room] = set()
        self._task: asyncio.Task[None] | None = None

    def ask(self, room: Room) -> None:
        """Commit what waits in this room, in a moment."""
        self._waiting.add(room)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write())

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER)
            rooms, self._waiting = self._waiting, set()
            # A room that is being read or written has its turn the next time.
            self._waiting |= {room for room in rooms if room.writing.locked()}
            await self._together([room for room in rooms if not room.writing.locked()])

    async def _together(self, rooms: list[Room]) -> None:
        for room in rooms:
            await room.writing.acquire()
        batches = {room: Batch(room.board, room.mirror, room.take_waiting()) for room in rooms}
        done, is_away = await self._commit([batch for batch in batches.values() if batch.edits])
        for room, batch in batches.items():
            room.writing.release()
            if batch.board in done:
                _publish(room, done[batch.board])
            elif batch.edits and is_away:
                room.give_up(batch.edits)
            elif batch.edits:
                room.persist_alone(batch.edits)

    async def _commit(self, batches: list[Batch]) -> tuple[dict[UUID, Done], bool]:
        """What was done on the boards that could be written together, and whether Postgres stays away."""
        for wait in (*PATIENCE, None):
            try:
                async with asyncio.timeout(LONGEST_COMMIT):
                    return await commit.together(self._store, batches), False
            except Exception as error:
                log.warning(
                    "A commit for %d boards failed (%s); nothing was acknowledged", len(batches), error
                )
                if not is_away(error):  # which board it is about, each one's own transaction will tell
                    return {}, False
                if wait is not None:
                    await asyncio.sleep(wait)
        return {}, True


def _publish(room: Room, done: Done) -> None:
    try:
        room.publish(done)
    except Exception:  # the neighbours' answers must still go out
        log.exception("Board %s: what was committed could not be told", room.board)
        room.give_up(done.edits)

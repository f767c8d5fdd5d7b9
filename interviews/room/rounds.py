"""Going round all open sockets of a process every two seconds: one question to Postgres for all of them.

Announcements may be lost; this is what makes a lost one harmless, and a log-out final.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from interviews.queries import server_time, watch
from interviews.room import losses
from interviews.room.connection import TRY_LATER, Connection, Gone
from interviews.room.database import in_database
from interviews.room.gathering import Gathering
from interviews.room.presence import TTL, Presence

log = logging.getLogger(__name__)
EVERY = 2.0
# How many boards are renewed in Redis before the loop turns to others.
AT_ONCE = 50


class Rounds:
    """Looks after the connections and gatherings that are added, on one event loop."""

    def __init__(self, presence: Presence) -> None:
        self.connections: set[Connection] = set()
        self.gatherings: dict[UUID, Gathering] = {}
        self._presence = presence
        self._looking: dict[Connection, asyncio.Task[None]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def open(self) -> None:
        """Begin."""
        self._tasks = [asyncio.create_task(self._go_round()), asyncio.create_task(self._stay_present())]

    async def close(self) -> None:
        """Stop."""
        for task in [*self._tasks, *self._looking.values()]:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._looking.values(), return_exceptions=True)

    async def _go_round(self) -> None:
        loop = asyncio.get_running_loop()
        following = loop.time() + EVERY
        while True:
            first_due = min((one.due for one in self.connections), default=following)
            await asyncio.sleep(max(min(following, first_due) - loop.time(), 0.05))
            for one in [one for one in self.connections if one.due <= loop.time()]:
                self._look(one)
            if loop.time() >= following:
                following = loop.time() + EVERY
                await self._ask()

    async def _ask(self) -> None:
        """Look closer at every connection of which something has changed."""
        connections, gatherings = list(self.connections), list(self.gatherings.values())
        if not connections:
            return
        try:
            await in_database(server_time.now)
            marks = await in_database(watch.marks, [one.visit for one in connections])
            people = await in_database(watch.people_marks, [one.session.pk for one in gatherings])
            for gathering in gatherings:
                await gathering.notice(people.get(gathering.session.pk))
        except Exception as error:
            log.warning("Postgres was not asked about open sockets (%s); they will be opened again", error)
            for one in connections:
                one.member.close(TRY_LATER)
            return
        for one in connections:
            mark = marks.get(one.visit)
            if mark is None or mark != one.mark:
                one.mark = mark
                self._look(one)

    def _look(self, one: Connection) -> None:
        if one not in self._looking:
            self._looking[one] = asyncio.create_task(self._look_and_forget(one))

    async def _look_and_forget(self, one: Connection) -> None:
        try:
            await one.look()
        except Gone as gone:
            one.member.close(gone.code)
        except Exception as error:
            losses.note(error)
            one.member.close(TRY_LATER)
        finally:
            del self._looking[one]

    async def _stay_present(self) -> None:
        """Renew everybody's marks well before they fade; where other processes have the board open, look for theirs."""
        turn = 0
        while True:
            await asyncio.sleep(EVERY)
            turn += 1
            with contextlib.suppress(Exception):
                if turn % (TTL // 2 // int(EVERY)) == 0:
                    for some in _slices(self.gatherings.items()):
                        await self._presence.renew({board: one.here for board, one in some if one.here})
                for gathering in [one for one in self.gatherings.values() if one.room.is_shared]:
                    await gathering.tell()


def _slices(items: Iterable[tuple[UUID, Gathering]]) -> Iterable[list[tuple[UUID, Gathering]]]:
    waiting = iter(list(items))
    while some := list(islice(waiting, AT_ONCE)):
        yield some

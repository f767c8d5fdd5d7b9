"""The people in one room, as this process knows them, and telling everybody when that changes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from interviews.models import Session
from interviews.queries import room as queries
from interviews.room.database import in_database
from interviews.room.presence import Presence
from whiteboard.live import Room


class Gathering:
    """One per open board and process; shared by its connections."""

    def __init__(self, session: Session, room: Room, presence: Presence) -> None:
        self._session = session
        self._room = room
        self._presence = presence
        self._sockets: Counter[int] = Counter()
        self._steps: dict[int, str | None] = {}
        self._told: list[dict[str, Any]] = []

    @property
    def empty(self) -> bool:
        return not +self._sockets

    async def arrive(self, seat: int) -> None:
        """A socket of this seat has opened."""
        self._sockets[seat] += 1
        self._steps.setdefault(seat, None)
        await self._presence.mark(seat, self._steps[seat])
        await self._tell(always=True)

    async def leave(self, seat: int) -> None:
        """A socket of this seat has closed; the seat goes offline with its last one."""
        self._sockets[seat] -= 1
        if self._sockets[seat] <= 0:
            del self._sockets[seat]
            self._steps.pop(seat, None)
            await self._presence.drop(seat)
        await self._tell(always=True)

    async def look(self, seat: int, step: str) -> None:
        """The seat has opened another step."""
        self._steps[seat] = step
        await self.keep(seat)

    async def keep(self, seat: int) -> None:
        """Renew the seat's mark, and tell the room if somebody came or went."""
        await self._presence.mark(seat, self._steps.get(seat))
        await self._tell()

    async def _tell(self, *, always: bool = False) -> None:
        online = await self._presence.online(dict(self._steps))
        seated = await in_database(queries.people, self._session)
        people = [
            {**person, "online": person["seat"] in online, "step": online.get(person["seat"])}
            for person in seated
        ]
        if always or people != self._told:
            self._told = people
            self._room.send("all", {"t": "presence", "people": people})

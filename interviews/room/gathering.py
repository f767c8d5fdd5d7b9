"""The people in one room, as this process knows them, and telling everybody when that changes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from interviews.models import Session
from interviews.queries import room as queries
from interviews.queries import watch
from interviews.queries.cast import cast_of
from interviews.room.database import in_database
from interviews.room.presence import Presence
from whiteboard.live import Room


class Gathering:
    """One per open board and process; shared by its connections."""

    def __init__(self, session: Session, room: Room, presence: Presence) -> None:
        self.session = session
        self.room = room
        self.here: dict[int, str | None] = {}
        self._presence = presence
        self._sockets: Counter[int] = Counter()
        self._seated: list[dict[str, Any]] = []
        self._mark: int | None = None
        self._told: list[dict[str, Any]] = []

    @property
    def empty(self) -> bool:
        return not self.here

    async def arrive(self, seat: int) -> None:
        """A socket of this seat has opened."""
        self._sockets[seat] += 1
        self.here.setdefault(seat, None)
        await self._presence.renew({self.room.board: self.here})
        if all(person["seat"] != seat for person in self._seated):
            await self._ask_who_is_seated()
        await self.tell(always=True)

    async def leave(self, seat: int) -> None:
        """A socket of this seat has closed; the seat goes offline with its last one."""
        self._sockets[seat] -= 1
        if self._sockets[seat] <= 0:
            del self._sockets[seat]
            self.here.pop(seat, None)
            await self._presence.drop(self.room.board, seat)
        if not self.empty:
            await self.tell(always=True)

    async def look(self, seat: int, step: str) -> None:
        """The seat has opened another step."""
        self.here[seat] = step
        await self._presence.renew({self.room.board: self.here})
        await self.tell()

    async def notice(self, mark: int | None) -> None:
        """The seats of the session have this mark now (queries.watch): ask again who holds them if it is another."""
        if mark != self._mark:
            await self._ask_who_is_seated()
            await self.tell()

    async def tell(self, *, always: bool = False) -> None:
        """Tell the room who is there, if that has changed."""
        # Where no other process has the board open, nobody else can be there.
        online = await self._presence.online(self.room.board, self.here) if self.room.is_shared else self.here
        people = [
            {**person, "online": person["seat"] in online, "step": online.get(person["seat"])}
            for person in self._seated
        ]
        if always or people != self._told:
            self._told = people
            self.room.send("all", {"t": "presence", "people": people})

    async def _ask_who_is_seated(self) -> None:
        self._mark, self._seated = await in_database(self._read)

    def _read(self) -> tuple[int | None, list[dict[str, Any]]]:
        # The mark first: what changes between the two is asked for again.
        mark = watch.people_marks([self.session.pk]).get(self.session.pk)
        return mark, queries.people(cast_of(self.session))

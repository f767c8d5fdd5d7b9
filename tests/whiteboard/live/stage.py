"""Browsers without a network: a member of a room, and what it has heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import orjson
from django.db import connections, transaction

from tests.whiteboard.ahead import Ahead
from tests.whiteboard.merging import merge
from whiteboard.live import Hub, Member, Room
from whiteboard.rules import Element
from whiteboard.rules.merge import in_order

if TYPE_CHECKING:
    from whiteboard.models import Board

T = TypeVar("T")


class Browser:
    """One socket's far end. `scene` is what it would show."""

    def __init__(self, member: Member, room: Room) -> None:
        self.member = member
        self.room = room
        self.heard: list[dict[str, Any]] = []
        self.scene: dict[str, Element] = {}
        self.seq = 0
        self.ahead = Ahead()
        self.code: int | None = None

    async def listen(self) -> None:
        self.code = await self.member.drain(self._take)

    async def _take(self, payload: bytes) -> None:
        message = orjson.loads(payload)
        self.heard.append(message)
        if message["t"] in ("board.init", "board.delta", "board.ack", "board.seq"):
            assert message["seq"] >= self.seq
            self.seq = message["seq"]
            elements = message.get("elements", [])
            assert elements == in_order(elements)
            self.ahead.hear(message, self.scene)
            self.scene = merge(self.scene, elements)

    async def draw(self, *elements: Element, ref: int = 1) -> None:
        """Show the elements at once, and send them."""
        self.scene = merge(self.scene, elements)
        self.room.submit(self.member, ref, list(elements))

    async def answer(self, ref: int = 1, within: float = 5) -> dict[str, Any]:
        """The board.ack or board.reject with this ref."""
        return await self.message(
            lambda m: m["t"] in ("board.ack", "board.reject") and m["ref"] == ref, within
        )

    async def message(self, wanted: Callable[[dict[str, Any]], bool], within: float = 5) -> dict[str, Any]:
        """The first message like this."""
        await until(lambda: any(map(wanted, self.heard)), within)
        return next(filter(wanted, self.heard))

    def kinds(self) -> list[str]:
        return [message["t"] for message in self.heard]


async def until(true: Callable[[], bool], within: float = 5) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def process(**servers: Any) -> AsyncIterator[Hub]:
    """A web process's hub."""
    hub = Hub(**servers)
    await hub.open()
    try:
        yield hub
    finally:
        await hub.close()


@asynccontextmanager
async def browser(
    hub: Hub, board: UUID, user: int, *, role: str = "candidate", may_draw: bool = True, since: int = 0
) -> AsyncIterator[Browser]:
    """Somebody who has the board open through this hub."""
    room = await hub.join(board)
    one = Browser(Member(key=user, user_id=user, role=role, may_draw=may_draw), room)
    room.enter(one.member, since=since)
    listening = asyncio.create_task(one.listen())
    try:
        yield one
    finally:
        room.leave(one.member)
        await hub.part(room)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def in_database(verb: Callable[[], T]) -> T:
    """Run a synchronous verb on a thread with a connection of its own."""

    def and_close() -> T:
        try:
            return verb()
        finally:
            connections.close_all()

    return await asyncio.to_thread(and_close)


@asynccontextmanager
async def row_held(board: Board) -> AsyncIterator[None]:
    """While somebody else holds the board's row, so that nothing drawn there is committed."""
    held, released = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            type(board).objects.select_for_update().get(pk=board.pk)
            held.set()
            released.wait(10)

    holding = asyncio.create_task(in_database(hold))
    await until(held.is_set)
    try:
        yield
    finally:
        released.set()
        await holding


def play(scene: Callable[[], Awaitable[T]]) -> T:
    """Run an asynchronous scene to its end; it may not take long."""

    async def run() -> T:
        async with asyncio.timeout(20):
            return await scene()

    return asyncio.run(run())

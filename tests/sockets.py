"""One end of a room's socket without a browser or a server: the product's own ASGI application, message by message."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.test import Client

from interviews.room import socket
from interviews.room.database import in_database
from mlsd_site.asgi import application


class Line:
    """A person's socket. `received` is everything that came over it, as it came: texts, and how it was refused or
    closed, as ASGI says it."""

    def __init__(self, client: Client, session: UUID | str) -> None:
        self.received: list[dict[str, Any]] = []
        self._sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._came = asyncio.Event()
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        heads = {"host": "testserver", "origin": "http://testserver"}
        if cookie:
            heads["cookie"] = f"{settings.SESSION_COOKIE_NAME}={cookie.value}"
        scope = {
            "type": "websocket",
            "scheme": "ws",
            "path": f"/ws/sessions/{session}/",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in heads.items()],
        }
        self._sent.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(application(scope, self._sent.get, self._take))

    @property
    def texts(self) -> list[dict[str, Any]]:
        """The messages so far."""
        return [json.loads(one["text"]) for one in self.received if "text" in one]

    def say(self, **message: Any) -> None:
        """Send a message."""
        self._sent.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    async def hears(self, *kinds: str, within: float = 10) -> dict[str, Any]:
        """The first message of one of these kinds, or what closes or refuses the socket; waits for it."""
        return await self._until(
            lambda: (
                [one for one in self.received if one["type"] == "websocket.close"]
                + [said for said in self.texts if said["t"] in kinds]
            ),
            within,
        )

    async def hears_word(self, word: str, within: float = 10) -> None:
        """Wait until this stands in some message."""
        await self._until(lambda: [one for one in self.received if word in one.get("text", "")], within)

    async def close(self) -> None:
        """Leave."""
        self._sent.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self._task

    async def _until(self, found: Callable[[], list[dict[str, Any]]], within: float) -> dict[str, Any]:
        async with asyncio.timeout(within):
            while not (it := found()):
                self._came.clear()
                await self._came.wait()
            return it[0]

    async def _take(self, event: dict[str, Any]) -> None:
        self.received.append(event)
        self._came.set()


@contextlib.asynccontextmanager
async def serving() -> AsyncIterator[None]:
    """The process's part of all rooms, from start-up to shut-down."""
    await socket.startup()
    try:
        yield
    finally:
        await socket.shutdown()


def close_room_threads() -> None:
    """Close the connections that the rooms' threads keep: a database in use is not emptied."""

    async def close() -> None:
        await asyncio.gather(*(in_database(_close_mine) for _ in range(24)))

    asyncio.run(close())


def _close_mine() -> None:
    connections.close_all()
    time.sleep(0.02)  # so that each thread of the pool takes one

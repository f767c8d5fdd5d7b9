"""One socket's end in a room: a bounded queue of what it is still to be sent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

RESYNC = 4413
MAX_BYTES = 4 * 1024 * 1024
MAX_MESSAGES = 2_000
# A cursor that is seconds old helps nobody.
MAX_BEFORE_A_POINTER = 60
# How long a socket that is being closed may take to send what is queued.
FAREWELL = 1.0

SendBytes = Callable[[bytes], Awaitable[None]]


class Member:
    """A reader that falls behind loses pointers first; then its socket closes with `RESYNC` and it
    reconnects.

    `key` names its holder to the others, `user_id` is the author in the log, `role` is what audiences go by.
    `say`, where there is one, writes a message to the line at once, or returns False where the line is not free.
    """

    def __init__(self, *, key: int, user_id: int, role: str, may_draw: bool) -> None:
        self.key = key
        self.user_id = user_id
        self.role = role
        self.may_draw = may_draw
        self.say: Callable[[bytes], bool] | None = None
        self._waiting: deque[tuple[bytes, bool]] = deque()
        self._bytes = 0
        self._is_flushing = False
        self._news = asyncio.Event()
        self._closing = asyncio.Event()
        self._code = 0

    def send(self, message: dict[str, Any] | bytes, *, droppable: bool = False) -> None:
        """Queue a message (a dict, or JSON that is encoded already); never waits."""
        if self._code or (droppable and len(self._waiting) >= MAX_BEFORE_A_POINTER):
            return
        payload = message if isinstance(message, bytes) else orjson.dumps(message)
        if self.say and not self._waiting and not self._is_flushing and self.say(payload):
            return
        if self._is_full(len(payload)):
            self._keep([entry for entry in self._waiting if not entry[1]])
        if self._is_full(len(payload)):
            self._keep([])
            self.close(RESYNC)
            return
        self._waiting.append((payload, droppable))
        self._bytes += len(payload)
        self._news.set()

    def close(self, code: int) -> None:
        """End the socket with this code, once what is queued has been sent. The first code counts."""
        self._code = self._code or code
        self._closing.set()
        self._news.set()

    async def drain(self, send: SendBytes) -> int:
        """Send what is queued as it comes, until `close`; returns its code."""
        pump = asyncio.ensure_future(self._pump(send))
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait({pump, closing}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({pump}, timeout=FAREWELL)
            if pump.done():
                pump.result()
            return self._code
        finally:
            pump.cancel()
            closing.cancel()
            await asyncio.gather(pump, closing, return_exceptions=True)

    async def flush(self, send: SendBytes) -> None:
        """Send what is queued now."""
        self._is_flushing = True  # what is sent meanwhile may not overtake what is being sent
        try:
            while self._waiting:
                payload, _ = self._waiting.popleft()
                self._bytes -= len(payload)
                await send(payload)
        finally:
            self._is_flushing = False

    async def _pump(self, send: SendBytes) -> None:
        while True:
            self._news.clear()
            await self.flush(send)
            if self._code:
                return
            await self._news.wait()

    def _is_full(self, more: int) -> bool:
        """One message always fits: the whole board may be larger than the bound."""
        crowded = self._bytes + more > MAX_BYTES or len(self._waiting) >= MAX_MESSAGES
        return crowded and bool(self._waiting)

    def _keep(self, entries: list[tuple[bytes, bool]]) -> None:
        self._waiting = deque(entries)
        self._bytes = sum(len(payload) for payload, _ in entries)

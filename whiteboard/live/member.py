"""One socket's end in a room: a bounded queue of what it is still to be sent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

RESYNC = 4413
MAX_WAITING = 4 * 1024 * 1024
MAX_MESSAGES = 2_000

SendBytes = Callable[[bytes], Awaitable[None]]


class Member:
    """A reader that falls behind loses pointers first; then its socket closes with `RESYNC` and it reconnects."""

    def __init__(self, *, key: int, user_id: int, role: str, may_draw: bool) -> None:
        self.key = key
        self.user_id = user_id
        self.role = role
        self.may_draw = may_draw
        self._waiting: deque[tuple[bytes, bool]] = deque()
        self._bytes = 0
        self._news = asyncio.Event()
        self._close: int | None = None

    def send(self, message: dict[str, Any] | bytes, *, droppable: bool = False) -> None:
        """Queue a message (a dict, or JSON that is encoded already)."""
        payload = message if isinstance(message, bytes) else orjson.dumps(message)
        if self._is_full(len(payload)):
            if droppable:
                return
            self._drop_pointers()
            if self._is_full(len(payload)):
                self.close(RESYNC)
                return
        self._waiting.append((payload, droppable))
        self._bytes += len(payload)
        self._news.set()

    def close(self, code: int) -> None:
        """End the socket once what is queued has been sent, with this code."""
        self._close = self._close or code
        self._news.set()

    async def drain(self, send: SendBytes) -> int:
        """Send what is queued as it comes, until `close`; returns its code."""
        while self._close is None:
            await self._news.wait()
            self._news.clear()
            await self.flush(send)
        return self._close

    async def flush(self, send: SendBytes) -> None:
        """Send what is queued now."""
        while self._waiting:
            payload, _ = self._waiting.popleft()
            self._bytes -= len(payload)
            await send(payload)

    def _is_full(self, more: int) -> bool:
        return self._bytes + more > MAX_WAITING or len(self._waiting) >= MAX_MESSAGES

    def _drop_pointers(self) -> None:
        self._waiting = deque(entry for entry in self._waiting if not entry[1])
        self._bytes = sum(len(payload) for payload, _ in self._waiting)

"""Telling the rooms of other processes, over Redis pub/sub. It carries news for speed and may lose any of it:
whoever sees a gap in a board's seq reads Postgres, and every room looks there every few seconds anyway."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

import orjson
import redis
from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

Hear = Callable[[UUID, dict[str, Any]], None]


def announce(board: UUID, message: dict[str, Any], *, audience: str = "all") -> None:
    """Send a message to everybody (or everybody of one role) who has the board open, from any thread or process.

    A Redis that is down costs half a second and a line in the log; rooms find out by themselves.
    """
    news = [{"kind": "say", "audience": audience, "message": message}]
    try:
        _sync_client().publish(_channel(board), orjson.dumps({"from": None, "news": news}))
    except (RedisError, OSError) as error:
        log.warning("Could not announce %s for board %s: %s", message.get("t"), board, error)


class Bus:
    """This process's line to the others. `hear(board, news)` is called for what other processes say."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._me = uuid.uuid4().hex
        self._redis = Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=1)
        self._line = self._redis.pubsub(ignore_subscribe_messages=True)
        self._boards: set[UUID] = set()
        self._outbox: dict[UUID, list[dict[str, Any]]] = {}
        self._changed = asyncio.Event()
        self._posting = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def open(self) -> None:
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._post())]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(RedisError, OSError):
            await self._line.aclose()  # type: ignore[no-untyped-call]
            await self._redis.aclose()

    def follow(self, board: UUID) -> None:
        """Hear about this board from now on."""
        self._boards.add(board)
        self._changed.set()

    def unfollow(self, board: UUID) -> None:
        self._boards.discard(board)
        self._changed.set()

    def publish(self, board: UUID, news: dict[str, Any]) -> None:
        """Tell the other processes; what is said within one turn of the loop leaves as one message."""
        self._outbox.setdefault(board, []).append(news)
        self._posting.set()

    async def _post(self) -> None:
        while True:
            await self._posting.wait()
            self._posting.clear()
            outbox, self._outbox = self._outbox, {}
            try:
                async with self._redis.pipeline(transaction=False) as pipe:
                    for board, news in outbox.items():
                        pipe.publish(_channel(board), orjson.dumps({"from": self._me, "news": news}))
                    await pipe.execute()
            except (RedisError, OSError) as error:
                log.warning("News for %d boards did not reach other processes: %s", len(outbox), error)
                await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        subscribed: set[UUID] = set()
        while True:
            try:
                if self._changed.is_set():
                    self._changed.clear()
                    subscribed = await self._subscribe(subscribed)
                if not subscribed:
                    await self._changed.wait()
                    continue
                message = await self._line.get_message(timeout=0.2)
                if message and message["type"] == "message":
                    self._receive(message["channel"], message["data"])
            except (RedisError, OSError, RuntimeError) as error:
                log.warning(
                    "Redis does not answer; rooms of other processes are read from Postgres: %s", error
                )
                await asyncio.sleep(1)
                self._changed.set()
                subscribed = set()

    async def _subscribe(self, subscribed: set[UUID]) -> set[UUID]:
        wanted = set(self._boards)
        if wanted - subscribed:
            await self._line.subscribe(*map(_channel, wanted - subscribed))
        if subscribed - wanted:
            await self._line.unsubscribe(*map(_channel, subscribed - wanted))
        return wanted

    def _receive(self, channel: bytes, data: bytes) -> None:
        letter = orjson.loads(data)
        if letter["from"] == self._me:
            return
        board = UUID(channel.decode().rsplit(":", 1)[1])
        for news in letter["news"]:
            self._hear(board, news)


def _channel(board: UUID) -> str:
    return f"{settings.REDIS_PREFIX}:board:{board}"


@cache
def _sync_client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5, retry=None, retry_on_error=[]
    )

"""Telling the rooms of other processes, over Redis pub/sub. It carries news for speed and may lose any of
it: whoever sees a gap in a board's seq reads Postgres, and every room is compared with Postgres every few
seconds.

Rooms that no other process has open are not written about: each process asks Redis every few seconds who listens to
its boards, and says "here" to the others when it opens one that they have.

A letter is {"from": process or null, "news": [news..]} on the channel of one board; news are of these kinds:
    {"kind": "say", "audience": "all" or a role, "message": {..}}      pass the message on to the members
    {"kind": "to", "key": key, "message": {..}}                        to the members of this key
    {"kind": "pointer", "message": {..}}                               to all, droppable
    {"kind": "delta", "seq": n, "by": key, "elements": [..]}           delta n of the board
    {"kind": "here"}                                                   another process has opened the board
"""

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
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

Hear = Callable[[UUID, dict[str, Any]], None]
MAX_OUTBOX = 1_000
COUNT_EVERY = 2.0
PAUSES = (0.2, 0.5, 1.0, 2.0)


def announce(board: UUID, message: dict[str, Any], audience: str = "all") -> None:
    """Send a message to everybody (or everybody of one role) who has the board open, from any thread or
    process.

    A Redis that is down costs half a second and a line in the log, and raises nothing.
    """
    news = [{"kind": "say", "audience": audience, "message": message}]
    try:
        _sync_client().publish(_channel(board), orjson.dumps({"from": None, "news": news}))
    except (RedisError, OSError) as error:
        log.warning("Could not announce %s for board %s: %s", message.get("t"), board, error)


class Bus:
    """This process's line to the others. `hear(board, news)` is called for what other processes say.

    Nothing here waits for Redis on behalf of a caller, and nothing raises when it is gone.
    """

    def __init__(self, hear: Hear, url: str | None = None) -> None:
        self._hear = hear
        self._me = uuid.uuid4().hex
        self._redis = Redis.from_url(
            url or settings.REDIS_URL,
            socket_timeout=2,
            socket_connect_timeout=1,
            retry=Retry(NoBackoff(), 0),
        )
        self._boards: set[UUID] = set()
        self._shared: set[UUID] = set()
        self._outbox: dict[UUID, list[dict[str, Any]]] = {}
        self._followed = asyncio.Event()
        self._posting = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def open(self) -> None:
        """Start listening and posting, on the running loop."""
        self._tasks = [
            asyncio.create_task(part()) for part in (self._listen, self._post, self._keep_counting)
        ]

    async def close(self) -> None:
        """Stop both; what is unsent is lost, as it may be."""
        # The client swallows a cancellation that arrives while it connects, so once may not be enough.
        while running := [task for task in self._tasks if not task.done()]:
            for task in running:
                task.cancel()
            await asyncio.wait(running, timeout=0.2)
        with contextlib.suppress(RedisError, OSError):
            await self._redis.aclose()

    def follow(self, board: UUID) -> None:
        """Hear about this board from now on."""
        self._boards.add(board)
        self._followed.set()

    def unfollow(self, board: UUID) -> None:
        """Hear no more about it."""
        self._boards.discard(board)
        self._shared.discard(board)
        self._followed.set()

    def is_shared(self, board: UUID) -> bool:
        """Whether another process follows this board too, as far as is known."""
        return board in self._shared

    def publish(self, board: UUID, news: dict[str, Any]) -> None:
        """Tell the other processes, if there are any; what is said within one turn of the loop leaves as one letter."""
        if board not in self._shared:
            return
        waiting = self._outbox.setdefault(board, [])
        if len(waiting) < MAX_OUTBOX:
            waiting.append(news)
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
                log.warning("News of %d boards did not reach other processes: %s", len(outbox), error)
                await asyncio.sleep(PAUSES[0])

    async def _listen(self) -> None:
        failures = 0
        while True:
            await self._until_followed()
            line = self._redis.pubsub(ignore_subscribe_messages=True)
            try:
                subscribed: set[UUID] = set()
                while self._boards:
                    if subscribed != self._boards:
                        subscribed = await self._subscribe(line, subscribed)
                    message = await line.get_message(timeout=0.2)
                    failures = 0
                    if message and message["type"] == "message":
                        self._receive(message["channel"], message["data"])
            except (RedisError, OSError, RuntimeError) as error:
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                if failures == 0:
                    log.warning(
                        "Redis does not answer; other processes are heard through Postgres: %s", error
                    )
                failures += 1
                await asyncio.sleep(pause)
            finally:
                with contextlib.suppress(RedisError, OSError, RuntimeError):
                    await line.aclose()  # type: ignore[no-untyped-call]

    async def _until_followed(self) -> None:
        while not self._boards:
            self._followed.clear()
            await self._followed.wait()

    async def _subscribe(self, line: Any, subscribed: set[UUID]) -> set[UUID]:
        wanted = set(self._boards)
        if new := wanted - subscribed:
            await line.subscribe(*map(_channel, new))
            await self._count(new)
            for board in new & self._shared:
                self.publish(board, {"kind": "here"})
        if subscribed - wanted:
            await line.unsubscribe(*map(_channel, subscribed - wanted))
        return wanted

    async def _keep_counting(self) -> None:
        """Find out whom a lost "here" came from, and who has left."""
        while True:
            await asyncio.sleep(COUNT_EVERY)
            with contextlib.suppress(RedisError, OSError):
                await self._count(set(self._boards))

    async def _count(self, boards: set[UUID]) -> None:
        """Ask Redis which of these boards have listeners other than us."""
        if boards:
            asked = {_channel(board): board for board in boards}
            counts = await self._redis.pubsub_numsub(*asked)
            shared = {
                asked[channel.decode() if isinstance(channel, bytes) else channel]
                for channel, count in counts
                if count > 1
            }
            self._shared = (self._shared - boards) | (shared & self._boards)

    def _receive(self, channel: bytes, data: bytes) -> None:
        """Hand on a letter. One that cannot be read must not end the listening."""
        try:
            letter = orjson.loads(data)
            if letter["from"] == self._me:
                return
            board = UUID(channel.decode().rsplit(":", 1)[1])
            if letter["from"] is not None and board in self._boards:
                self._shared.add(board)
            for news in letter["news"]:
                self._hear(board, news)
        except Exception:
            log.exception("News on %r could not be taken in", channel)


def _channel(board: UUID) -> str:
    return f"{settings.REDIS_PREFIX}:board:{board}"


@cache
def _sync_client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5, retry=None, retry_on_error=[]
    )

"""Who has the room open, across web processes.

A seat counts as online while one of its sockets renewed it in the last `TTL` seconds. The marks live in Redis and
decide nothing; without Redis a room shows the people of its own process.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from interviews.queries import server_time

log = logging.getLogger(__name__)
TTL = 12

# {seat: the step that it looks at}
Share = Mapping[int, str | None]


class Presence:
    """The marks of all rooms. `here` and `shares` are this process's own part of them."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def renew(self, shares: Mapping[UUID, Share]) -> None:
        """Say that these people are still here."""
        until = server_time.estimate().timestamp() + TTL
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                for board, here in shares.items():
                    key = _key(board)
                    pipe.zadd(key, {str(seat): until for seat in here})
                    pipe.expire(key, TTL * 10)
                    steps = [part for seat, step in here.items() if step for part in (str(seat), step)]
                    if steps:
                        pipe.hset(_steps(board), items=steps)
                        pipe.expire(_steps(board), 86_400)
                await pipe.execute()
        except (RedisError, OSError) as error:
            log.warning("Presence is not shared at the moment: %s", error)

    async def drop(self, board: UUID, seat: int) -> None:
        """The seat's last socket here has closed."""
        try:
            await self._redis.zrem(_key(board), str(seat))
        except (RedisError, OSError) as error:
            log.warning("Presence is not shared at the moment: %s", error)

    async def online(self, board: UUID, here: Share) -> dict[int, str | None]:
        """{seat: step} of everybody online."""
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.zrangebyscore(_key(board), server_time.estimate().timestamp(), "+inf")
                pipe.hgetall(_steps(board))
                seats, steps = await pipe.execute()
        except (RedisError, OSError):
            return dict(here)
        found = {int(seat): steps.get(seat) or None for seat in seats}
        return {**found, **{seat: step or found.get(seat) for seat, step in here.items()}}


def _key(board: UUID) -> str:
    return f"{settings.REDIS_PREFIX}:presence:{board}"


def _steps(board: UUID) -> str:
    return f"{_key(board)}:steps"

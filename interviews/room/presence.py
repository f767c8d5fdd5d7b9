"""Who has the room open, across web processes.

A seat counts as online while one of its sockets renewed it in the last `TTL` seconds. The marks live in Redis and
decide nothing; without Redis a room shows the people of its own process.
"""

from __future__ import annotations

import logging
import time

from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
TTL = 12


class Presence:
    """The marks of one room."""

    def __init__(self, redis: Redis, board: str) -> None:
        self._redis = redis
        self._key = f"{settings.REDIS_PREFIX}:presence:{board}"
        self._steps = f"{self._key}:steps"

    async def mark(self, seat: int, step: str | None) -> None:
        """Renew the seat's mark; `step` is the tab it looks at."""
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.zadd(self._key, {str(seat): time.time() + TTL})
                pipe.expire(self._key, TTL * 10)
                if step is not None:
                    pipe.hset(self._steps, str(seat), step)
                    pipe.expire(self._steps, 86_400)
                await pipe.execute()
        except (RedisError, OSError) as error:
            log.warning("Presence is not shared at the moment: %s", error)

    async def drop(self, seat: int) -> None:
        """The seat's last socket here has closed."""
        try:
            await self._redis.zrem(self._key, str(seat))
        except (RedisError, OSError) as error:
            log.warning("Presence is not shared at the moment: %s", error)

    async def online(self, here: dict[int, str | None]) -> dict[int, str | None]:
        """{seat: step} of everybody online; `here` is this process's own share."""
        try:
            seats = await self._redis.zrangebyscore(self._key, time.time(), "+inf")
            steps = await self._redis.hgetall(self._steps) if seats else {}
        except (RedisError, OSError):
            return here
        found = {int(str(seat)): str(steps.get(str(seat), "")) or None for seat in seats}
        return {**found, **{seat: step or found.get(seat) for seat, step in here.items()}}

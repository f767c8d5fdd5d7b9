"""What is done to the fleet, to its servers and to the crowd's lines while the crowd draws."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from redis import Redis

from tests.chaos.crowd import Line
from tests.chaos.storm import Fault, Weather

WEBS = ("web-0", "web-1")
ANY = (*WEBS, "worker-0", "worker-1", "beat-0")


def kill(victims: Sequence[str], every: float) -> Fault:
    """kill -9 one of these, about every so many seconds; a supervisor starts it again."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            weather.fleet.end(weather.chance.choice(victims))
            weather.faults += 1

    return fault


def restart(every: float) -> Fault:
    """Tell one web process after the other to end in order, as a rolling deployment does."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            weather.fleet.end(WEBS[weather.faults % len(WEBS)], signal.SIGTERM)
            weather.faults += 1
            await asyncio.to_thread(weather.fleet.until_ready)

    return fault


def trouble_redis(every: float, pause: float) -> Fault:
    """In turns kill it, empty it, and let it hang for `pause` seconds."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            turn = weather.faults % 3
            weather.faults += 1
            pid = weather.fleet.pid("valkey")
            if turn == 0 or pid is None:
                weather.fleet.end("valkey")
            elif turn == 1:
                await asyncio.to_thread(_empty)
            else:
                os.kill(pid, signal.SIGSTOP)
                await asyncio.sleep(pause)
                os.kill(pid, signal.SIGCONT)

    return fault


def _empty() -> None:
    with Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
        client.flushall()


def trouble_workers(every: float) -> Fault:
    """In turns kill a worker, kill its child, and ask it to end."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            name = weather.chance.choice(("worker-0", "worker-1"))
            turn = weather.faults % 3
            weather.faults += 1
            if turn == 1:
                weather.fleet.end_child(name)
            else:
                weather.fleet.end(name, signal.SIGKILL if turn == 0 else signal.SIGTERM)

    return fault


def cut(every: float, seconds: Sequence[float]) -> Fault:
    """Cut somebody off for one of these times; they draw on meanwhile."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            weather.chance.choice(weather.crowd.people).cut(weather.chance.choice(seconds))
            weather.faults += 1

    return fault


async def nothing(weather: Weather) -> None:
    """Fair weather."""


def anything(every: float) -> Fault:
    """Kill any process or server, or cut somebody off."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            victim = weather.chance.choice([*ANY, "postgres", "valkey", "line"])
            weather.faults += 1
            if victim == "line":
                for person in weather.chance.sample(weather.crowd.people, 5):
                    person.cut(weather.chance.choice((1.0, 3.0)))
            else:
                weather.fleet.end(victim)

    return fault


def bad_line(chance: random.Random) -> Line:
    """A line that says 30 % twice, says 10 % of what is long over, and mixes up what is within 20 messages."""
    held: list[dict[str, Any]] = []
    past: list[dict[str, Any]] = []

    def leave(message: dict[str, Any]) -> list[dict[str, Any]]:
        if message["t"] != "board.delta":
            return [message]
        past.append(message)
        held.append(message)
        if chance.random() < 0.3 and len(held) < 20:
            return []
        leaving = [one for one in held for _ in range(1 + (chance.random() < 0.3))]
        held.clear()
        if chance.random() < 0.1:
            leaving.append(chance.choice(past))
        chance.shuffle(leaving)
        return leaving

    return leave

"""What is done to the fleet while the crowd draws."""

from __future__ import annotations

from collections.abc import Sequence

from tests.chaos.storm import Fault, Weather


def kill(victims: Sequence[str], every: float) -> Fault:
    """kill -9 one of these, about every so many seconds; a supervisor starts it again."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            weather.fleet.end(weather.chance.choice(victims))
            weather.faults += 1

    return fault


ANY = ("web-0", "web-1", "worker-0", "worker-1", "beat-0")

"""Clocks that are wrong: each process of the fleet has one of its own, which may be put ahead or back while it runs.

A library that is loaded before all others (clock.c) moves what the machine says; so the clocks of Celery and the web
server are wrong too, and no line of the product. Postgres and the clients go by the machine's own clock, which is true.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.faults import ANY
from tests.chaos.fleet import Fleet
from tests.chaos.storm import Fault, Weather

SOURCE = Path(__file__).with_name("clock.c")
MINUTE, HOUR = 60.0, 3600.0
JUMPS = (5 * MINUTE, -5 * MINUTE, HOUR, -HOUR, 24 * HOUR, -24 * HOUR)
# Two seconds lie between the web processes, all the time.
AT_REST = {"web-0": 1.0, "web-1": -1.0}


class Clocks:
    """The clocks of a fleet's processes, by their names; `ahead` in seconds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library = folder / "clock.so"
        compiler = os.environ.get("CC") or next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
        if compiler is None:
            raise RuntimeError(
                "There is no C compiler here (cc), and clocks are moved by a C library: install one."
            )
        command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(self._library), str(SOURCE), "-ldl"]
        subprocess.run(command, check=True, capture_output=True)

    def environment(self, name: str) -> dict[str, str]:
        """What makes a process read its own clock."""
        if not self._file(name).exists():
            self.put(name, AT_REST.get(name, 0.0))
        return {"LD_PRELOAD": str(self._library), "CHAOS_CLOCK": str(self._file(name))}

    def put(self, name: str, ahead: float) -> None:
        """Put one ahead by so much, at once; whoever reads it meanwhile reads the old or the new."""
        with self._file(name).open("r+b" if self._file(name).exists() else "wb") as file:
            file.write(struct.pack("=q", int(ahead * 10**9)))

    def _file(self, name: str) -> Path:
        return self._folder / name


@contextmanager
def wrong_clocks(fleet: Fleet) -> Iterator[Clocks]:
    """Every process of the fleet with a clock that can be moved; afterwards with the machine's."""
    with tempfile.TemporaryDirectory(prefix="clocks-") as folder:
        clocks = Clocks(Path(folder))
        fleet.surround(clocks.environment)
        try:
            yield clocks
        finally:
            fleet.surround(lambda name: {})


def jump(clocks: Clocks, every: float, pause: float, who: Sequence[str] = ANY) -> Fault:
    """Somebody's clock jumps, and is put right again after `pause` seconds."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            name = weather.chance.choice(who)
            clocks.put(name, weather.chance.choice(JUMPS))
            weather.faults += 1
            await asyncio.sleep(pause)
            clocks.put(name, AT_REST.get(name, 0.0))

    return fault

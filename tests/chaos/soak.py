"""The soak: storm after storm on one fleet, with a fault of any kind every so often; it must not wear out. Then what it
kept is restored."""

from __future__ import annotations

import math
import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tests.chaos import faults
from tests.chaos.checkers import Violation
from tests.chaos.fleet import Fleet
from tests.chaos.restoring import there_and_back
from tests.chaos.scenario import Scenario, Size
from tests.chaos.storm import Fault, Outcome, Weather
from tests.chaos.storms import stormy

# A session ends by itself after 45 minutes, so a long soak is many storms; a short one is two, to compare.
LONGEST_STORM = 1_200.0
# Open files that a process may have beside as many again as it had at first: pools fill, and threads begin.
SOME = 40


def anything(every: float) -> Fault:
    """One fault at a time, of whichever kind chance picks: of processes, of servers, of lines."""
    kinds = (
        faults.kill(faults.ANY, every),
        faults.kill(["postgres"], every),
        faults.restart(every),
        faults.trouble_redis(every, pause=min(every, 20)),
        faults.trouble_workers(every),
        faults.cut(every, (1, 10)),
    )

    async def fault(weather: Weather) -> None:
        while (now := time.monotonic()) < weather.until:
            part = replace(weather, until=min(weather.until, now + 1.5 * every))
            await weather.chance.choice(kinds)(part)
            weather.faults = part.faults

    return fault


def growing(samples: Sequence[Mapping[str, int]]) -> list[Violation]:
    """Who had at the end more than twice the open files of the beginning, and some; pure."""
    first, last = samples[0], samples[-1]
    return [
        Violation("I8", f"{name} had {first[name]} files open, and {last[name]} in the end")
        for name in sorted(first.keys() & last.keys())
        if last[name] > 2 * first[name] + SOME
    ]


def soak(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """Storms, one after the other; a look at what each process holds open, after each; the restore."""
    chance = random.Random(seed)
    storms = max(math.ceil(size.seconds / LONGEST_STORM), 2)
    part = replace(size, seconds=size.seconds / storms)
    play = stormy(lambda size: anything(size.every))
    whole, samples, struck = Outcome(), [], 0
    for number in range(storms):
        one = play(fleet, part, chance.randrange(10**6), spoilt)
        samples.append(_open_files(fleet))
        struck += int(one.figures["faults"])
        whole.violations += one.violations
        whole.history.entries += one.history.entries
        whole.figures |= {
            f"storm {number + 1}": f"{one.figures['edits']}; calm after {one.figures['calm after']}"
        }
    whole.violations += growing(samples)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, _still(fleet):
        figures, found = there_and_back(Path(folder), "half_backups" if spoilt else "")
    whole.violations += found
    whole.figures |= figures | {
        "faults": str(struck),
        "open files": f"{max(samples[0].values())} at most after the first storm, "
        f"{max(samples[-1].values())} after the last",
    }
    return whole


def _open_files(fleet: Fleet) -> dict[str, int]:
    found = {}
    for name in fleet.members:
        with suppress(OSError):
            found[name] = len(list(Path(f"/proc/{fleet.pid(name)}/fd").iterdir()))
    return found


@contextmanager
def _still(fleet: Fleet) -> Iterator[None]:
    """Nobody writes: every process stands where it is."""
    stopped = [pid for name in fleet.members if (pid := fleet.pid(name))]
    for pid in stopped:
        os.killpg(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in stopped:
            os.killpg(pid, signal.SIGCONT)


SCENARIOS: Sequence[Scenario] = [
    Scenario(
        "T26",
        "soak: any fault, storm after storm; then restored, and carried over",
        "I1-I6 I8",
        "half_backups",
        quick=Size(12, 50, 5),
        full=Size(50, 7_200, 40),
        proof=Size(6, 16, 4),
        run=soak,
    ),
]

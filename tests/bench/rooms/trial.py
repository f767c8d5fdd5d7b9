"""One trial: so many rooms in which one person draws and two watch, and how long everything took."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.rooms import machine
from tests.bench.rooms.engine import Engine
from tests.bench.rooms.protocols import ACK, DELTA, POINTER
from tests.bench.rooms.servers import SEATS, Server
from tests.bench.rooms.wire import open_lines

POINTERS, DELTAS = 20, 5
WARM_UP, WINDOW, DRAIN, SETTLE = 3.0, 8.0, 2.0, 3.0
DELIVERY_MS, ACK_MS = 100.0, 300.0
# Either server may drop pointers for a reader that is busy, and the peer's volatile events do so even at rest; a change
# may not be lost.
POINTERS_LOST = 0.05
GENERATOR_FULL = 0.9


@dataclass(frozen=True, slots=True)
class Result:
    """Times in ms, CPU in cores. `acks_p99` is None for a server that acknowledges nothing; `change_bytes`, what the
    database logged for each change (everything else that was written meanwhile too), for one without a database."""

    rooms: int
    delivered: float
    p50: float
    p99: float
    changes_p99: float
    acks_p99: float | None
    pointers_lost: float
    changes_lost: int
    sockets_lost: int
    server_cpu: float
    helpers_cpu: float
    generator_cpu: float
    late_p99: float
    change_bytes: float | None

    @property
    def cost(self) -> float:
        """Microseconds of the server's CPU for each delivery: what is left of a figure on a machine that others use."""
        return self.server_cpu / max(self.delivered, 1) * 1e6

    @property
    def holds(self) -> bool:
        """Whether the server carries these rooms."""
        in_time = self.p99 < DELIVERY_MS and (self.acks_p99 is None or self.acks_p99 < ACK_MS)
        lost = self.changes_lost or self.sockets_lost or self.pointers_lost > POINTERS_LOST
        return in_time and not lost

    def __str__(self) -> str:
        acks = "" if self.acks_p99 is None else f", acks p99 {self.acks_p99:.0f} ms"
        lost = f", lost {self.changes_lost} changes, {self.sockets_lost} sockets, {self.pointers_lost:.2%} of pointers"
        logged = (
            "" if self.change_bytes is None else f" and {self.change_bytes / 1000:.1f} kB of log a change"
        )
        full = ", THE GENERATOR IS FULL" if self.generator_cpu > GENERATOR_FULL else ""
        return (
            f"{self.rooms} rooms {'hold' if self.holds else 'do NOT hold'}: {self.delivered:,.0f} delivered/s, "
            f"p50 {self.p50:.0f} ms, p99 {self.p99:.0f} ms{acks}{lost if not self.holds else ''}; "
            f"CPU: server {self.server_cpu:.2f} ({self.cost:.0f} us a delivery), "
            f"databases {self.helpers_cpu:.2f}{logged}, "
            f"generator {self.generator_cpu:.2f} (late p99 {self.late_p99:.0f} ms){full}"
        )


def draw(server: Server, rooms: int) -> Result:
    """Let people draw in so many rooms of this server, from its start to its end."""
    places = server.rooms(rooms)
    samples = int(rooms * (POINTERS + DELTAS) * (SEATS - 1) * (WINDOW + 1))
    with server.running() as at:
        lines = asyncio.run(open_lines(server.protocol, at.host, at.port, places))
        names = [place.name for place in places[::SEATS]]
        with Engine(server.protocol, names, lines, samples=samples) as engine:
            engine.plan(pointers=POINTERS, deltas=DELTAS)
            engine.run(WARM_UP, measure=False)
            before_log = at.written() if at.written else 0
            began, readings = time.perf_counter(), _readings(at.pids, at.helpers)
            engine.run(WINDOW, measure=True)
            seconds = time.perf_counter() - began
            used = [
                (after - before) / seconds
                for before, after in zip(readings, _readings(at.pids, at.helpers), strict=True)
            ]
            logged = at.written() - before_log if at.written else None
            pointers, changes = engine.sent()
            engine.drain(
                DRAIN,
                deliveries=(pointers + changes) * (SEATS - 1),
                acks=changes if server.protocol.acks else 0,
            )
            return _result(engine, rooms, seconds, used, acks=server.protocol.acks, logged=logged)


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of the server's memory: before anybody came, for each open room, for each further connection."""

    base: int
    room: float
    connection: float


def rest(server: Server, rooms: int) -> Memory:
    """Let people come and do nothing."""
    places = server.rooms(rooms)
    with server.running() as at:
        steps = [machine.memory(at.pids)]

        async def come() -> None:
            lines = []
            for some in (places[::SEATS], [p for n, p in enumerate(places) if n % SEATS]):
                lines.append(await open_lines(server.protocol, at.host, at.port, some))
                await asyncio.sleep(SETTLE)
                steps.append(machine.memory(at.pids))
            for line in (line for group in lines for line in group):
                line.connection.close()

        asyncio.run(come())
    base, first, all_ = steps
    connection = (all_ - first) / (len(places) - rooms)
    return Memory(base, (first - base) / rooms - connection, connection)


def _readings(pids: Sequence[int], helpers: Sequence[int]) -> list[float]:
    return [machine.cpu(pids), machine.cpu(helpers), time.process_time()]


def _result(
    engine: Engine, rooms: int, seconds: float, used: list[float], *, acks: bool, logged: int | None
) -> Result:
    pointers, changes = engine.sent()
    heard = {kind: engine.latencies(kind) for kind in (POINTER, DELTA, ACK)}
    both = heard[POINTER] + heard[DELTA]
    missing = changes * (SEATS - 1) - len(heard[DELTA]) + (changes - len(heard[ACK]) if acks else 0)
    return Result(
        rooms=rooms,
        delivered=len(both) / seconds,
        p50=_quantile(both, 0.5),
        p99=_quantile(both, 0.99),
        changes_p99=_quantile(heard[DELTA], 0.99),
        acks_p99=_quantile(heard[ACK], 0.99) if acks else None,
        pointers_lost=1 - len(heard[POINTER]) / max(pointers * (SEATS - 1), 1),
        changes_lost=missing,
        sockets_lost=engine.lost_sockets(),
        server_cpu=used[0],
        helpers_cpu=used[1],
        generator_cpu=used[2],
        late_p99=_quantile(engine.lateness(), 0.99),
        change_bytes=None if logged is None else logged / max(changes, 1),
    )


def most(attempt: Callable[[int], bool], start: int, *, step: float = 1.5, within: float = 0.05) -> int:
    """The largest number for which `attempt` holds, to within this part of it; 0 where none does."""
    low, high = 0, start
    while attempt(high):
        low, high = high, int(high * step) + 1
    if low == 0:
        while high > 1 and not attempt(high := high // 2):
            pass
        low, high = high, high * 2
    while high - low > max(1, within * low):
        middle = (low + high) // 2
        low, high = (middle, high) if attempt(middle) else (low, middle)
    return low


def _quantile(values: array[int], part: float) -> float:
    """In ms, of microseconds; infinite where there is none."""
    ordered = sorted(values)
    return ordered[int(part * len(ordered))] / 1000 if ordered else float("inf")

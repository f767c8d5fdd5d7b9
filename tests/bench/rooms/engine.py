"""engine.c from Python: sockets in, latencies out."""

from __future__ import annotations

import ctypes
import os
import random
import subprocess
import tempfile
from array import array
from collections.abc import Sequence
from ctypes import POINTER as POINTER_TO
from ctypes import c_char_p, c_double, c_int, c_int32, c_int64, c_void_p
from functools import cache
from pathlib import Path
from types import TracebackType

from tests.bench.rooms.protocols import DELTA, NAME_SIZE, POINTER, ExcalidrawRoom, TwoLoops
from tests.bench.rooms.wire import Line

SOURCE = Path(__file__).with_name("engine.c")
_SIGNATURES: dict[str, tuple[object, list[object]]] = {
    "engine_new": (c_void_p, [c_int, c_int, c_char_p, c_int64, c_int]),
    "engine_marker": (None, [c_void_p, c_char_p, c_int, c_int]),
    "engine_template": (None, [c_void_p, c_int, c_char_p, c_int, POINTER_TO(c_int), c_int]),
    "engine_socket": (None, [c_void_p, c_int, c_int, c_int, c_char_p, c_int]),
    "engine_event": (None, [c_void_p, c_int64, c_int, c_int]),
    "engine_run": (None, [c_void_p, c_double, c_int]),
    "engine_drain": (None, [c_void_p, c_double, c_int64, c_int64]),
    "engine_count": (c_int64, [c_void_p, c_int]),
    "engine_samples": (POINTER_TO(c_int32), [c_void_p, c_int]),
    "engine_close": (None, [c_void_p]),
}
_SENT, _HEARD, _LOST_SOCKETS = 0, 2, 6
_LATENESS = 3  # a kind of sample beside those of messages


@cache
def _library() -> ctypes.CDLL:
    """engine.c, compiled for this run."""
    built = Path(tempfile.mkdtemp(prefix="rooms-engine-")) / "engine.so"
    compiler = os.environ.get("CC", "cc")
    try:
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", built, SOURCE], check=True)
    except FileNotFoundError as error:
        raise SystemExit(f"error: this benchmark needs a C compiler; there is no {compiler}.") from error
    library = ctypes.CDLL(str(built))
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


class Engine:
    """Draws in rooms over open sockets. A room's first socket draws, its others listen."""

    def __init__(
        self,
        protocol: TwoLoops | ExcalidrawRoom,
        names: Sequence[str],
        lines: Sequence[Line],
        *,
        samples: int,
    ) -> None:
        self._library = _library()
        self._lines = lines  # they own the sockets
        self._engine = self._library.engine_new(
            len(names), NAME_SIZE, "".join(names).encode(), samples, int(protocol.answers_pings)
        )
        for mark, kind in protocol.markers:
            self._library.engine_marker(self._engine, mark, len(mark), kind)
        for kind in (POINTER, DELTA):
            for raw, patches in protocol.templates(kind):
                flat = (c_int * len(patches))(*patches)
                self._library.engine_template(self._engine, kind, raw, len(raw), flat, len(patches) // 2)
        each = len(lines) // len(names)
        for place, line in enumerate(lines):
            room, seat = divmod(place, each)
            self._library.engine_socket(
                self._engine, line.connection.fileno(), room, int(seat == 0), line.rest, len(line.rest)
            )
        self._each = each
        self._rooms = len(names)

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in self._lines:
            line.connection.detach()  # the engine closes them
        self._library.engine_close(self._engine)

    def plan(self, *, pointers: int, deltas: int, seed: int = 1) -> None:
        """Let every drawer send so many a second, evenly, each from a moment of its own."""
        chance = random.Random(seed)
        events = []
        for room in range(self._rooms):
            for kind, rate in ((POINTER, pointers), (DELTA, deltas)):
                phase = chance.random()
                events += [
                    (int((phase + turn / rate) % 1 * 1e9), room * self._each, kind) for turn in range(rate)
                ]
        for offset, socket, kind in sorted(events):
            self._library.engine_event(self._engine, offset, socket, kind)

    def run(self, seconds: float, *, measure: bool) -> None:
        """Draw for a while; what is sent meanwhile is measured if wanted."""
        self._library.engine_run(self._engine, seconds, int(measure))

    def drain(self, seconds: float, *, deliveries: int, acks: int) -> None:
        """Wait for what is still on its way, at most so long."""
        self._library.engine_drain(self._engine, seconds, deliveries, acks)

    def sent(self) -> tuple[int, int]:
        """(pointers, changes) sent in the window."""
        return self._count(_SENT + POINTER), self._count(_SENT + DELTA)

    def lost_sockets(self) -> int:
        return self._count(_LOST_SOCKETS)

    def latencies(self, kind: int) -> array[int]:
        """Microseconds, in the order of arrival."""
        return self._samples(kind)

    def lateness(self) -> array[int]:
        """How late each message left against its schedule, in microseconds."""
        return self._samples(_LATENESS)

    def _count(self, what: int) -> int:
        return int(self._library.engine_count(self._engine, what))

    def _samples(self, kind: int) -> array[int]:
        found = array("i")
        count = self._count(_HEARD + kind)
        if count:
            found.frombytes(ctypes.string_at(self._library.engine_samples(self._engine, kind), 4 * count))
        return found

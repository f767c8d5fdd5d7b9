"""The two servers under test, each started anew for every trial and pinned to one core."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from mlsd_site import web
from mlsd_site.embedded import Services
from tests.bench.rooms.protocols import NAME_SIZE, ExcalidrawRoom, TwoLoops
from tests.bench.rooms.wire import Place

HOST = "127.0.0.1"
SEATS = 3
# 16 MB each, two thirds of what the embedded PostgreSQL keeps.
LOG_FILES = 20


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers. `helpers` are the databases that work for it; `written` says how many bytes its database
    has logged so far, None where it has none."""

    host: str
    port: int
    pids: Sequence[int]
    helpers: Sequence[int] = ()
    written: Callable[[], int] | None = None


class Server(Protocol):
    """Something that serves rooms."""

    @property
    def name(self) -> str: ...

    @property
    def protocol(self) -> TwoLoops | ExcalidrawRoom: ...

    def rooms(self, count: int) -> list[Place]:
        """Three places in each of so many rooms."""

    def running(self) -> AbstractContextManager[Running]:
        """The server, until the block ends."""


class Ours:
    """The product's web process, on PostgreSQL and Valkey of its own that keep to the other cores."""

    name = "Two Loops"
    protocol = TwoLoops()

    def __init__(self, services: Services, core: int) -> None:
        self._services = services
        self._core = core

    def rooms(self, count: int) -> list[Place]:
        from tests.bench.rooms import stage  # needs the settings

        return stage.rooms(count)

    @contextmanager
    def running(self) -> Iterator[Running]:
        servers = (self._services.postgres, self._services.valkey)
        helpers = [pid for server in servers if server and (pid := server.pid())]
        port = _free_port()
        _have_log_files()
        with _process(web.command(HOST, port), self._core, "/health/live", port) as pid:
            yield Running(HOST, port, [pid], helpers, _wal)


def _have_log_files() -> None:
    """Let PostgreSQL have files of its log to use again, as one has that has run for some hours. A new one makes a file
    for each 16 MB, and every commit waits a tenth of a second or two while it is filled."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_ls_waldir()")
        for _ in range(cursor.fetchone()[0], LOG_FILES):
            cursor.execute("SELECT pg_logical_emit_message(true, 'bench', ''), pg_switch_wal()")
        cursor.execute("CHECKPOINT")


def _wal() -> int:
    """Bytes of the write-ahead log since its beginning."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn() - '0/0'")
        return int(cursor.fetchone()[0])


class Peer:
    """excalidraw-room: from a directory where it is built, or where it runs already (then it is pinned by whoever
    started it)."""

    name = "excalidraw-room"
    protocol = ExcalidrawRoom()

    def __init__(self, where: str, core: int) -> None:
        self._where = where
        self._core = core

    def rooms(self, count: int) -> list[Place]:
        """A relay knows no people: the name of the room is all."""
        path = "/socket.io/?EIO=4&transport=websocket"
        mark = os.urandom(3).hex()
        names = [f"{mark}{room:0{NAME_SIZE - len(mark)}}" for room in range(count)]
        return [Place(room, name, path) for room, name in enumerate(names) for _ in range(SEATS)]

    @contextmanager
    def running(self) -> Iterator[Running]:
        if "://" in self._where:
            url = urlsplit(self._where)
            yield Running(url.hostname or HOST, url.port or 80, [])
            return
        port = _free_port()
        start = ["node", "dist/index.js"]
        with _process(start, self._core, "/", port, cwd=Path(self._where), env={"PORT": str(port)}) as pid:
            yield Running(HOST, port, [pid])


@contextmanager
def _process(
    command: Sequence[str],
    core: int,
    health: str,
    port: int,
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> Iterator[int]:
    """A process that serves this port, from its first answer until it has ended."""
    process = subprocess.Popen(
        ["taskset", "--cpu-list", str(core), *command], cwd=cwd, env={**os.environ, **(env or {})}
    )
    try:
        _until_it_answers(process, f"http://{HOST}:{port}{health}")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_it_answers(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"error: the server did not come up: {process.args!r}") from None
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])

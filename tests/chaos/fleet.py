"""Web processes, workers and beats on servers of their own: what is killed is started again, as by a supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from mlsd_site import web
from mlsd_site.embedded import Services
from mlsd_site.embedded.supervisor import _die_with_parent
from tests.e2e.product import ROOT, _children, _free_port

LOOK_EVERY = 0.2


@dataclass
class Member:
    """One process of the fleet. `module` is what Python runs, with its arguments."""

    name: str
    module: list[str]
    process: subprocess.Popen[bytes] | None = None


@dataclass
class Fleet:
    """Starts with `start`; `services` run already. Restarts come from one thread that lives as long as the fleet, since
    children die with the thread that started them."""

    services: Services
    log: Path
    webs: int = 2
    workers: int = 2
    beats: int = 1
    restarts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.ports = [_free_port() for _ in range(self.webs)]
        self.members: dict[str, Member] = {}
        self._sabotage = ""
        self._surroundings: Callable[[str], Mapping[str, str]] = lambda name: {}
        self._file: IO[bytes] = self.log.open("ab")
        self._over = threading.Event()
        self._turn = threading.Lock()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    @property
    def bases(self) -> list[str]:
        """The addresses of the web processes."""
        return [f"http://localhost:{port}" for port in self.ports]

    def start(self) -> None:
        """Start everything, and wait until all web processes serve."""
        for number, port in enumerate(self.ports):
            command = web.command("127.0.0.1", port)
            self._add(f"web-{number}", command[2:])
        for number in range(self.workers):
            self._add(f"worker-{number}", _worker(number))
        for number in range(self.beats):
            self.recruit_beat(f"beat-{number}")
        self._keeper.start()
        self.until_ready()

    def recruit_beat(self, name: str) -> None:
        """One beat more."""
        self._add(name, _beat(self.services.places.state / name))

    def dismiss(self, name: str) -> None:
        """End a process for good."""
        with self._turn:
            member = self.members.pop(name)
        _end_family(member.process, signal.SIGKILL)

    def spoil(self, sabotage: str) -> None:
        """Start all anew with this sabotage of the product; with "" as it is."""
        if sabotage != self._sabotage:
            self._sabotage = sabotage
            self._begin_anew()

    def surround(self, surroundings: Callable[[str], Mapping[str, str]]) -> None:
        """Start all anew with what this says of each process' environment."""
        self._surroundings = surroundings
        self._begin_anew()

    def end(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Send a process this signal: one of the fleet, or postgres or valkey. One that is just starting is spared."""
        pid = self.pid(name)
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, how)

    def end_child(self, name: str) -> bool:
        """kill -9 a child process of this one; whether there was one."""
        pid = self.pid(name)
        with suppress(OSError, IndexError):
            os.kill(_children(pid or 0)[0], signal.SIGKILL)
            return True
        return False

    def pid(self, name: str) -> int | None:
        """Its process id, while it runs."""
        if name == "postgres":
            return self.services.postgres.pid() if self.services.postgres else None
        if name == "valkey":
            return self.services.valkey.pid() if self.services.valkey else None
        process = self.members[name].process
        return process.pid if process and process.poll() is None else None

    def until_ready(self, seconds: float = 240) -> float:
        """Wait until every web process serves and everything runs; how long it took."""
        began = time.monotonic()
        while not self.is_ready():
            if time.monotonic() > began + seconds:
                raise AssertionError(f"The fleet is not ready; its log ends with:\n{self.said()[-3000:]}")
            time.sleep(0.1)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        """Whether all run and every web process can serve."""
        return all(self.pid(name) for name in list(self.members)) and all(map(_serves, self.bases))

    def said(self) -> str:
        """The log of all of them."""
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        """End everything that was started here; the servers are the caller's."""
        self._over.set()
        if self._keeper.is_alive():
            self._keeper.join(10)
        for member in self.members.values():
            _end_family(member.process, signal.SIGTERM)
        for member in self.members.values():
            _end_family(member.process, signal.SIGKILL)
        self._file.close()

    def _begin_anew(self) -> None:
        for member in self.members.values():
            self.end(member.name, signal.SIGKILL)
        self.until_ready()

    def _add(self, name: str, module: list[str]) -> None:
        with self._turn:
            self.members[name] = Member(name, module)

    def _keep(self) -> None:
        turns = 0
        while not self._over.is_set():
            with self._turn:
                for member in self.members.values():
                    if member.process is None or member.process.poll() is not None:
                        self._launch(member)
            turns += 1
            if turns % 5 == 0:
                with suppress(Exception):  # tried again in a second
                    for name in self.services.revive():
                        self.restarts[name.lower()] += 1
            self._over.wait(LOOK_EVERY)

    def _launch(self, member: Member) -> None:
        if member.process is not None:
            _end_family(member.process, signal.SIGKILL)  # a pool's child may outlive its parent
            self.restarts[member.name.split("-")[0]] += 1
        spoilt = ["tests.chaos.sabotage", self._sabotage] if self._sabotage else []
        module = member.module if not spoilt else [*spoilt, *member.module]
        member.process = subprocess.Popen(
            [sys.executable, "-W", "ignore:::celery.platforms", "-m", *module],
            cwd=ROOT,
            env={**os.environ, "DEBUG": "1", "LOG_LEVEL": "WARNING", **self._surroundings(member.name)},
            stdin=subprocess.DEVNULL,
            stdout=self._file,
            stderr=self._file,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


def _serves(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/health/ready", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _end_family(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    """Signal a process and what it started, which is a session of its own; wait for the process."""
    if process is None:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    with suppress(subprocess.TimeoutExpired):
        process.wait(8)


def _worker(number: int) -> list[str]:
    return [
        *("celery", "--quiet", "-A", "mlsd_site", "worker", "--queues", "scoring,mail,default"),
        *("--concurrency", "1", "--hostname", f"worker-{number}@%h", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]


def _beat(state: Path) -> list[str]:
    return [
        *("celery", "--quiet", "-A", "mlsd_site", "beat", "--pidfile=", "--schedule", str(state)),
        *("--loglevel", "WARNING"),
    ]

"""Runs the site's processes side by side: one log, restarts with a limit, a clean stop.

Children get sessions of their own, so that Ctrl-C in the terminal reaches only the supervisor, which passes one TERM
on; and they die with it, whatever kills it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

RESTARTS, WINDOW, GRACE = 4, 60.0, 30.0
_COLOURS = ("36", "35", "33", "32", "34")
_write = threading.Lock()


@dataclass
class Child:
    """A process that is kept running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: list[float] = field(default_factory=list)

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Keeps `children` running until a signal; `each_second` is called meanwhile."""

    def __init__(self, children: Sequence[Child], *, each_second: Callable[[], None]) -> None:
        self._children = children
        self._each_second = each_second
        self._width = max(len(child.name) for child in children)
        self._stopping = 0

    def run(self, *, ready: Callable[[], bool]) -> int:
        """Run until told to stop; calls `ready` each half second until it is true. The exit status."""
        # A shell's background job ignores Ctrl-C, but not somebody who asks for an end with a signal of its own.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup asked to outlive its terminal
            signal.signal(signal.SIGHUP, self._stop)
        for child in self._children:
            self._start(child)
        is_ready, tick = False, 0
        while not self._stopping:
            time.sleep(0.5)
            tick += 1
            is_ready = is_ready or ready()
            if tick % 2 == 0:
                self._each_second()
            for child in self._children:
                if not self._stopping and not child.running() and not self._restart(child):
                    self._shut_down()
                    return 1
        self._shut_down()
        return 0

    def say(self, name: str, line: str) -> None:
        """One line of the merged log."""
        names = [child.name for child in self._children]
        colour = _COLOURS[names.index(name) % len(_COLOURS)] if name in names else "1"
        mark = (
            f"\033[{colour}m{name:<{self._width}}\033[0m" if sys.stdout.isatty() else f"{name:<{self._width}}"
        )
        # Whoever reads the log may leave; the product stays, and its processes must not wait for the reader.
        with _write, suppress(OSError):
            print(f"{mark} | {line}", flush=True)

    def _start(self, child: Child) -> None:
        child.started.append(time.monotonic())
        child.process = subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        threading.Thread(target=self._relay, args=(child.name, child.process), daemon=True).start()

    def _restart(self, child: Child) -> bool:
        assert child.process is not None
        recent = [at for at in child.started if at > time.monotonic() - WINDOW]
        if len(recent) > RESTARTS:
            self.say(child.name, f"ended {len(recent)} times within a minute; giving up")
            return False
        self.say(child.name, f"ended with status {child.process.returncode}; starting it again")
        self._start(child)
        return True

    def _relay(self, name: str, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.say(name, line.decode(errors="replace").rstrip())

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping += 1
        if self._stopping > 1:
            for child in self._children:
                if child.running() and child.process:
                    os.killpg(child.process.pid, signal.SIGKILL)

    def _shut_down(self) -> None:
        for child in self._children:
            if child.running() and child.process:
                child.process.terminate()
        deadline = time.monotonic() + GRACE
        while any(child.running() for child in self._children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self._children:
            if child.running() and child.process:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()


def _die_with_parent() -> None:
    """Ask for a kill, not for an end in order: Celery reports its end to the log first, whose reader is gone then, and
    takes that for a lost connection that it should open again."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG

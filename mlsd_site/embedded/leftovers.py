"""Throw-away servers whose owner was killed: nobody else would ever stop them or delete their data."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from . import processes
from .places import Places


def clear(places: Places) -> None:
    """Stop and delete the tests and trials of this checkout whose process is gone, and their sockets."""
    if not Path("/proc/self").exists():
        return
    for state in _orphans(places.state.parent, ""):
        for file in (state / "postgres" / "postmaster.pid", state / "valkey" / "pid"):
            with suppress(OSError, ValueError, IndexError):
                _stop(int(file.read_text().split()[0]), state)
        shutil.rmtree(state, ignore_errors=True)
    for run in _orphans(places.run.parent, places.run_prefix):
        shutil.rmtree(run, ignore_errors=True)


def _orphans(parent: Path, prefix: str) -> Iterator[Path]:
    for path in parent.glob(f"{prefix}t*-[0-9]*"):
        kind, _, owner = path.name.removeprefix(prefix).rpartition("-")
        mine = path.lstat().st_uid == os.getuid()
        if kind in ("test", "trial") and owner.isdecimal() and mine and processes.is_gone(int(owner)):
            yield path


def _stop(pid: int, state: Path) -> None:
    """End a server, if that is what the process of this number still is."""
    if processes.runs(pid, str(state / "postgres")):
        os.kill(pid, signal.SIGQUIT)
    elif processes.runs(pid, "valkey", "redis"):
        os.kill(pid, signal.SIGTERM)

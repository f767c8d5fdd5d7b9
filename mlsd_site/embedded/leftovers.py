"""Throw-away servers whose owner was killed: nobody else would ever stop them or delete their data."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path


def clear(beside: Path) -> None:
    """Stop and delete the tests and trials beside this state directory whose process is gone."""
    for state in beside.parent.glob("t*-[0-9]*"):
        owner = state.name.rpartition("-")[2]
        if (
            state == beside
            or not owner.isdecimal()
            or Path(f"/proc/{owner}").exists()
            or not Path("/proc").is_dir()
        ):
            continue
        for file in (state / "postgres" / "postmaster.pid", state / "valkey" / "pid"):
            with suppress(OSError, ValueError, IndexError):
                _stop(int(file.read_text().split()[0]))
        shutil.rmtree(state, ignore_errors=True)


def _stop(pid: int) -> None:
    """End a server, if that is what the process of this number still is."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes()
    if b"postgres" in command or b"valkey" in command or b"redis" in command:
        os.kill(pid, signal.SIGQUIT if b"postgres" in command else signal.SIGTERM)

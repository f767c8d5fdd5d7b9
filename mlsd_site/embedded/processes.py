"""What can be told of a process by its number, without being its parent."""

from __future__ import annotations

import os
from pathlib import Path


def is_gone(pid: int) -> bool:
    """No process has this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def is_zombie(pid: int) -> bool:
    """Dead, but not yet reaped: in a container nobody may ever do it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def runs(pid: int | None, *words: str) -> bool:
    """Whether this process is alive and its command line holds one of these words.

    Numbers are given out anew, after a reboot soonest, so a number in a file proves nothing by itself. Where the
    command line cannot be read (macOS, a hidden /proc) the number has to do.
    """
    if pid is None or is_gone(pid) or is_zombie(pid):
        return False
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return not is_gone(pid)
    return any(os.fsencode(word) in command for word in words)


def attached(key: int, segment: int) -> int:
    """How many processes hold this System V shared memory; 0 where the kernel does not say."""
    try:
        lines = Path("/proc/sysvipc/shm").read_text().splitlines()
    except OSError:
        return 0
    rows = [line.split() for line in lines[1:]]
    return next((int(row[6]) for row in rows if row[:2] == [str(key), str(segment)]), 0)

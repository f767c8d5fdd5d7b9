"""What processes cost, as Linux tells it: seconds of CPU and bytes of memory."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pids: Iterable[int]) -> list[int]:
    """These processes and all that descend from them."""
    children: dict[int, list[int]] = {}
    for pid, fields in _all():
        children.setdefault(int(fields[1]), []).append(pid)
    found: list[int] = []
    waiting = list(pids)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def cpu(pids: Iterable[int]) -> float:
    """Seconds that these processes and their descendants have used, those that are gone included."""
    roots = set(pids)
    wanted = set(family(roots))
    ticks = 0
    for pid, fields in _all():
        if pid in wanted:
            own = int(fields[11]) + int(fields[12])
            ticks += own + (int(fields[13]) + int(fields[14]) if pid in roots else 0)
    return ticks / _TICKS


def memory(pids: Iterable[int]) -> int:
    """Bytes of memory of these processes and their descendants; what several share is counted once."""
    total = 0
    for pid in family(pids):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def _all() -> Iterable[tuple[int, list[str]]]:
    """(pid, the fields of its stat after the name) of every process."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield int(entry.name), (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except (OSError, IndexError):
                continue

"""Processes of a test's own: their environment, and whether they still run."""

from __future__ import annotations

import os
from pathlib import Path

# What belongs to the process that runs the tests: its servers, and leave to use the ORM beside a running loop.
OWN = ("DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "DJANGO_ALLOW_ASYNC_UNSAFE")
CLEAN = {name: value for name, value in os.environ.items() if name not in OWN}


def is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return state != "Z"

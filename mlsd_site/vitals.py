"""What a process and the servers below it have left: room on the disk, connections, and whether beat still ticks."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import connection

# Bytes: an export of much data, or a picture, may take a hundred million for a moment.
LOW_DISK = 500_000_000
_TICKED = "beat-ticked"
_ASKED = """
    SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
           current_setting('max_connections')::int,
           pg_database_size(current_database())
"""


@dataclass(frozen=True, slots=True)
class Database:
    """Of the whole server: clients that are connected, and how many may be; of our database: its bytes."""

    connections: int
    allowed: int
    bytes: int


def database() -> Database:
    """Ask Postgres; a django.db.Error where it does not answer."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        return Database(*cursor.fetchone())


def disk_free() -> int:
    """Bytes left where this process keeps what it makes for a download."""
    return shutil.disk_usage(tempfile.gettempdir()).free


def tick(now: datetime) -> None:
    """Note that a worker did what beat told it."""
    cache.set(_TICKED, now.timestamp(), timeout=None)


def ticked_at() -> float | None:
    """When that was, in Unix seconds; None where the cache knows of none. A redis.RedisError where it is away."""
    found = cache.get(_TICKED)
    return None if found is None else float(found)

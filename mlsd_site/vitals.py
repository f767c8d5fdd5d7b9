"""What a process and the servers below it have left: room on the disk, connections, whether Postgres takes what is
written, and whether beat still ticks."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import Error, connection, transaction

# Bytes: an export of much data, or a picture, may take a hundred million for a moment.
LOW_DISK = 500_000_000
_TICKED = "beat-ticked"
# Everybody may ask for /health/ready, so what it writes is written this often at most.
WRITE_EVERY = 10.0
# More rows than fit into this much memory go into a file beside the tables, and a message of nothing into Postgres' own
# log: what a full disk refuses, and what leaves nothing behind.
_WRITE = """
    SELECT (SELECT count(*) FROM (SELECT n FROM generate_series(1, 20000) n ORDER BY -n OFFSET 0) spilt),
           pg_logical_emit_message(true, 'two-loops', ''),
           current_setting('transaction_read_only')
"""
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


@dataclass(slots=True)
class _Written:
    at: float = -WRITE_EVERY
    taken: bool = True


_written = _Written()


def takes_writes() -> bool:
    """Whether Postgres, which answers, also takes what is written: not with a full disk, nor where it is for reading
    alone. Tried once in WRITE_EVERY seconds; a django.db.Error where it does not answer."""
    now = time.monotonic()
    if now - _written.at >= WRITE_EVERY:
        _written.taken, _written.at = _write(), now
    return _written.taken


def _write() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64kB'")
            cursor.execute(_WRITE)
            return bool(cursor.fetchone()[2] == "off")
    except Error as error:
        if getattr(error.__cause__, "sqlstate", None) is None:  # nobody answered
            raise
        return False


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

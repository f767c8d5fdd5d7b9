"""Writing the whole database to a file, and bringing it back: PostgreSQL's own pg_dump and pg_restore.

The file is in pg_dump's custom format. `FILE.json` beside it says when it was made, at which migrations, and
its hash. It is not encrypted: that is the operator's, and so is where it goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from mlsd_site.embedded.postgres import program_of_the_wheel

_TABLES = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname"


class BackupError(Exception):
    """It was not done; the message says why, and what to do."""


def write(target: Path) -> dict[str, Any]:
    """Dump into `target`, which appears when it is whole; returns what is written beside it."""
    half = target.with_name(f"{target.name}.part")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(half), _address())
        about = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "migrations": sorted(f"{app}.{name}" for app, name in _applied()),
            "sha256": _digest(half),
        }
        _beside(target).write_text(json.dumps(about, indent=1) + "\n")
        half.rename(target)
    finally:
        half.unlink(missing_ok=True)
    return about


def read(source: Path, *, over_data: bool) -> None:
    """Bring the database to what `source` holds, in one transaction: all of it or nothing.

    A database that holds any table is left alone unless `over_data`, which empties it first, for good: what fails
    after that leaves it empty.
    """
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    beside = _beside(source)
    if beside.is_file():
        about = json.loads(beside.read_text())
        if about["sha256"] != _digest(source):
            raise BackupError(f"{source} is not what was written: its hash differs from that in {beside}.")
        _must_be_known(about["migrations"])
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        standing = len(cursor.fetchall())
        if standing and not over_data:
            raise BackupError(
                f"The database holds {standing} tables; nothing was changed. Restore into an empty database, or "
                "say --over-data, which deletes what it holds."
            )
        if standing:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()
    _run(
        *("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
        *("--dbname", _address(), str(source)),
    )


def _must_be_known(migrations: list[str]) -> None:
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(migrations) - known):
        raise BackupError(
            f"The file is of a newer release: it has the migration {newer[0]}. Install that first."
        )


def _applied() -> list[tuple[str, str]]:
    return list(MigrationRecorder(connection).applied_migrations())


def _address() -> str:
    """libpq's words for the database, without the password: that goes by the environment, where nobody lists it."""
    given = connection.get_connection_params()
    kept = {name: given[name] for name in ("host", "port", "user", "dbname", "sslmode") if given.get(name)}
    return " ".join(f"{name}='{value}'" for name, value in kept.items())


def _run(program: str, *arguments: str) -> None:
    # The wheel's is as new as its server; a distribution's may be older than the server, and refuses then.
    found = program_of_the_wheel(program) or shutil.which(program)
    if found is None:
        raise BackupError(
            f"There is no {program} here: install PostgreSQL's client, of the server's version or newer."
        )
    password = connection.get_connection_params().get("password")
    secret = {"PGPASSWORD": str(password)} if password else {}
    done = subprocess.run(  # noqa: S603 (a program found by name, and no shell)
        [found, *arguments], env={**os.environ, **secret}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""What was kept comes back: a backup makes an equal database, and sessions that are carried over come out unchanged."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.chaos.checkers import Violation
from tests.e2e.product import ROOT
from tests.interviews.carrying.archives import meaning
from tests.site.test_backup import hashes

OTHER = "restored"
# What a whole session hangs on; all else goes with it.
_ROOTS = ("accounts_user", "casebank_case", "whiteboard_board", "interviews_session")


def apart(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[Violation]:
    """The names under which two copies differ; pure."""
    wrong = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return [Violation("I1", f"{what}: {len(wrong)} of {len(before)} differ, as {wrong[:3]}")] if wrong else []


def there_and_back(folder: Path, sabotage: str) -> tuple[dict[str, str], list[Violation]]:
    """Back the fleet's database up, restore it beside, and carry its sessions into an empty installation. Nothing else
    may write meanwhile."""
    address = os.environ["DATABASE_URL"]
    before = hashes(address)
    with _another_database(address) as other:
        _manage(address, sabotage, "backup", str(folder / "backup"))
        _manage(other, "", "restore", str(folder / "backup"))
        found = apart("the backup's tables", before, hashes(other))
        _manage(address, "", "export_sessions", str(folder / "first.zip"))
        with psycopg.connect(other, autocommit=True) as line:
            names = sql.SQL(", ").join(map(sql.Identifier, _ROOTS))
            line.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        _manage(other, sabotage, "import_sessions", str(folder / "first.zip"))
        _manage(other, "", "export_sessions", str(folder / "second.zip"))
    first, second = (meaning((folder / f"{name}.zip").read_bytes()) for name in ("first", "second"))
    found += apart("what was exported again", first, second)
    sessions = sum(name.startswith("sessions/") for name in first)
    size = (folder / "backup").stat().st_size / 2**20
    return {
        "restored": f"{len(before)} tables, {size:.1f} MiB; {sessions} sessions carried there and back"
    }, found


@contextmanager
def _another_database(address: str) -> Iterator[str]:
    name = sql.Identifier(OTHER)
    with psycopg.connect(address, autocommit=True) as line:
        line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        line.execute(sql.SQL("CREATE DATABASE {}").format(name))
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{OTHER}"))
    finally:
        with psycopg.connect(address, autocommit=True) as line:
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def _manage(database: str, sabotage: str, *arguments: str) -> None:
    spoilt = ["tests.chaos.sabotage", sabotage] if sabotage else []
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *spoilt, "django", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{arguments[0]} failed: {done.stdout[-500:]} {done.stderr[-1500:]}")

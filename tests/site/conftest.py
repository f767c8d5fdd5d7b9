"""Databases of a test's own, and manage.py in them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def databases(db: None) -> Iterator[tuple[str, str]]:
    """Two empty databases on the tests' server, by their addresses."""
    names = [f"backup_{uuid4().hex[:12]}" for _ in range(2)]
    given = connection.get_connection_params()
    server = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:
        for name in names:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    host = quote(str(server["host"]), safe="")
    yield (
        f"postgresql://{server['user']}@{host}/{names[0]}",
        f"postgresql://{server['user']}@{host}/{names[1]}",
    )
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:
        for name in names:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def manage(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )

"""A Postgres of its own whose disk is full: what orchestrators and operators are told, until there is room again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from mlsd_site.embedded.places import Places
from mlsd_site.embedded.postgres import Postgres
from tests.chaos.disks import Disk, mount, unmount

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(os.geteuid() != 0, reason="Only root mounts a disk that can be filled."),
]
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
settings.METRICS_TOKEN = "t"
client = Client(raise_request_exception=False, headers={"Host": "localhost"})
ready, page = client.get("/health/ready"), client.get("/accounts/login/")
figures = client.get("/metrics", headers={"Authorization": "Bearer t"}).content.decode()
told = [line for line in figures.splitlines() if line.startswith("twoloops_database_writable ")]
print(json.dumps([ready.status_code, ready.json(), page.status_code, told]))
"""
AS_PLAIN = """
import json, django
django.setup()
from django.db import connection
from mlsd_site import vitals
connection.cursor().execute("SET SESSION AUTHORIZATION plain")
print(json.dumps(vitals.takes_writes()))
"""
GAUGE = "twoloops_database_writable"
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Postgres, Disk]]:
    """One with the product's tables, on a small disk in memory."""
    places = Places.of("disk")
    places.open_run()
    postgres, disk = Postgres(places, durable=False), Disk(places.state / "postgres")
    postgres.start()
    try:
        postgres.until_it_answers()
        _run(postgres, "-m", "django", "migrate", "--verbosity", "0")
        postgres.stop()
        mount(disk.place)
        postgres.start()
        yield postgres, disk
    finally:
        disk.free()
        postgres.stop()
        unmount(disk.place)
        shutil.rmtree(places.state, ignore_errors=True)
        shutil.rmtree(places.run, ignore_errors=True)


def told(postgres: Postgres) -> tuple[int, dict[str, Any], int, list[str]]:
    """What a process that has just begun says: whether it is ready, with its figures; a page's status; the gauge."""
    status, ready, page, gauge = json.loads(_run(postgres, "-c", ASK).splitlines()[-1])
    return status, ready, page, gauge


def _run(postgres: Postgres, *arguments: str) -> str:
    around = {"DATABASE_URL": postgres.url, "DJANGO_SETTINGS_MODULE": "mlsd_site.settings", "DEBUG": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, env={**os.environ, **around}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_that_it_cannot_write_is_told_and_takes_nobody_out(server: tuple[Postgres, Disk]) -> None:
    postgres, disk = server
    status, ready, page, gauge = told(postgres)
    assert (status, ready["postgres_takes_writes"], page, gauge) == (200, True, 200, [f"{GAUGE} 1.0"])
    disk.fill()
    status, ready, page, gauge = told(postgres)
    assert (status, ready["ready"], ready["postgres"]) == (200, True, "ok")
    assert (ready["postgres_takes_writes"], page, gauge) == (False, 200, [f"{GAUGE} 0.0"])
    disk.free()
    status, ready, page, gauge = told(postgres)
    assert (status, ready["postgres_takes_writes"], gauge) == (200, True, [f"{GAUGE} 1.0"])


def test_so_it_is_where_it_is_for_reading_alone(server: tuple[Postgres, Disk]) -> None:
    postgres, _ = server
    with psycopg.connect(postgres.url, autocommit=True) as line:
        line.execute("ALTER DATABASE twoloops SET default_transaction_read_only = on")
        try:
            status, ready, _, gauge = told(postgres)
        finally:
            line.execute("ALTER DATABASE twoloops RESET default_transaction_read_only")
    assert (status, ready["postgres_takes_writes"], gauge) == (200, False, [f"{GAUGE} 0.0"])


def test_it_needs_no_rights_besides_those_of_an_owner(server: tuple[Postgres, Disk]) -> None:
    postgres, _ = server
    with psycopg.connect(postgres.url, autocommit=True) as line:
        line.execute("CREATE ROLE plain LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
    assert json.loads(_run(postgres, "-c", AS_PLAIN).splitlines()[-1]) is True

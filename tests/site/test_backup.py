"""A file of `backup` makes an equal database, and no other is harmed."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
from psycopg import sql

from tests.site.conftest import manage

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def hashes(database: str) -> dict[str, str]:
    """{table: a hash over its rows, whatever their order}"""
    with psycopg.connect(database) as opened:
        tables = [name for (name,) in opened.execute(_TABLES)]
        rows = sql.SQL("SELECT coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') FROM {} t")
        return {
            name: str(opened.execute(rows.format(sql.Identifier(name))).fetchall()[0][0]) for name in tables
        }


def test_a_restored_database_is_equal_table_by_table(databases: tuple[str, str], tmp_path: Path) -> None:
    first, second = databases
    file = tmp_path / "backup"
    for command in (("migrate", "-v0"), ("load_cases",), ("load_demo",)):
        assert manage(first, *command).returncode == 0
    made = manage(first, "backup", str(file))
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o077 == 0
    restored = manage(second, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    before = hashes(first)
    assert len([found for found in before.values() if found]) > 20
    assert hashes(second) == before
    assert manage(second, "migrate", "--check").returncode == 0

    refused = manage(first, "restore", str(file))
    assert refused.returncode == 1
    assert "nothing was changed" in refused.stderr
    assert hashes(first) == before

    with psycopg.connect(first, autocommit=True) as opened:
        opened.execute("CREATE TABLE a_newer_table (id int)")
        opened.execute("UPDATE accounts_user SET display_name = 'Somebody else'")
    assert manage(first, "restore", "--over-data", str(file)).returncode == 0
    assert hashes(first) == before

    about = file.with_name("backup.json")
    known = json.loads(about.read_text())
    about.write_text(json.dumps({**known, "migrations": [*known["migrations"], "interviews.9999_later"]}))
    newer = manage(first, "restore", "--over-data", str(file))
    assert "newer release" in newer.stderr
    file.write_bytes(file.read_bytes()[:-1])
    spoilt = manage(first, "restore", "--over-data", str(file))
    assert "is not what was written" in spoilt.stderr
    assert hashes(first) == before


def test_a_failed_backup_leaves_no_file(tmp_path: Path) -> None:
    done = manage("postgresql://app@127.0.0.1:1/none", "backup", str(tmp_path / "backup"))
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []

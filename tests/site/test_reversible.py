"""Migrations can be taken back, and do nothing that the release before could not live with."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from tests.site.conftest import manage

OURS = ("interviews", "whiteboard", "casebank", "accounts")
# What stood before the rule, in the first release: nobody ran an earlier one beside it.
BEFORE = {
    "interviews.0050_marks_while_it_runs",
}
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def ours() -> Iterator[tuple[str, migrations.Migration]]:
    for (app, name), one in MigrationLoader(None).disk_migrations.items():
        if app in OURS and apps.get_app_config(app):
            yield f"{app}.{name}", one


def test_every_step_in_sql_or_python_has_a_way_back() -> None:
    """Where nothing is to be undone it says so: RunPython.noop, RunSQL.noop."""
    one_way = [
        name
        for name, one in ours()
        for step in one.operations
        if isinstance(step, migrations.RunPython | migrations.RunSQL) and not step.reversible
    ]
    assert one_way == []


def test_all_can_be_taken_back_and_made_again(databases: tuple[str, str]) -> None:
    database = databases[0]
    assert manage(database, "migrate", "-v0").returncode == 0
    for app in OURS:
        back = manage(database, "migrate", app, "zero", "-v0")
        assert back.returncode == 0, back.stderr
    with psycopg.connect(database) as opened:
        left = opened.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert not [name for (name,) in left if name.startswith(OURS)]
    again = manage(database, "migrate", "-v0")
    assert again.returncode == 0, again.stderr


def test_nothing_is_taken_away_while_the_release_before_still_uses_it() -> None:
    """docs/operations.md: a column goes one release after the last code that names it, by a migration that says
    `retired_in`, the release whose code stopped."""
    found = {
        name
        for name, one in ours()
        for step in one.operations
        if isinstance(step, TAKES_AWAY) and not getattr(one, "retired_in", None)
    }
    assert found <= BEFORE, found - BEFORE

"""Long values of the two hot columns are stored as they are.

PostgreSQL compresses what is longer than 2 kB before it stores it, and that was two fifths of what writing a change
cost it. A board's log is packed when it has ended, far smaller than this compression made it.
"""

from __future__ import annotations

from django.db import migrations

_HOT = (("whiteboard_delta", "elements"), ("whiteboard_element", "data"))


def _store(how: str) -> list[str]:
    return [f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {how}" for table, column in _HOT]


class Migration(migrations.Migration):
    dependencies = [("whiteboard", "0003_fewer_indexes")]

    # Of the catalogue alone: rows that stand are not touched, and are read as before.
    operations = [migrations.RunSQL(_store("EXTERNAL"), _store("EXTENDED"))]

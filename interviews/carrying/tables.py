"""CSV files that grow row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from interviews.rules.cells import cell


class Tables:
    """{name: a CSV file}; the first row of each gives its columns. No cell is a formula."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[StringIO, Any, list[str]]] = {}

    def add(self, table: str, row: dict[str, Any]) -> None:
        if table not in self._open:
            text = StringIO()
            writer = csv.writer(text)
            writer.writerow(row)
            self._open[table] = text, writer, list(row)
        _, writer, columns = self._open[table]
        writer.writerow([cell(row.get(column)) for column in columns])

    def texts(self) -> Iterator[tuple[str, str]]:
        for name, (text, _, _) in self._open.items():
            yield name, text.getvalue()

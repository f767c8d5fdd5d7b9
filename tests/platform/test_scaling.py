"""docs/scaling.md says what the arithmetic says, and names every figure that it rests on."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tests.bench import scaling

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs/scaling.md").read_text()


def test_the_page_has_the_table_that_the_command_prints() -> None:
    found = re.search(r"<!-- bench scaling -->\n(.*?)<!-- end -->", PAGE, re.DOTALL)
    assert found
    assert found[1].strip() == scaling.table()


@pytest.mark.parametrize("field", [field.name for field in fields(scaling.Measured)])
def test_the_page_names_each_measured_figure(field: str) -> None:
    value = getattr(scaling.Measured(), field)
    told = {
        "process_bytes": f"{value / 2**20:.0f} MiB",
        "board_bytes": f"{value / 1e3:.0f} kB",
        "connection_bytes": f"{value / 1e3:.0f} kB",
        "kept_bytes": f"{value / 1e6:.2f} MB",
        "score_seconds": f"{value} s",
        "changes": f"{value:.0f} changes a second",
    }
    assert told.get(field, f"| {value:,} |") in PAGE


def test_all_grows_with_the_sessions_and_a_fuller_core_saves_cores() -> None:
    one, ten = (scaling.plan(sessions, scaling.Assumed(drawing=1)) for sessions in (19_200, 192_000))
    assert (one.web, ten.web) == (100, 1_000)
    assert ten.log_a_second == pytest.approx(10 * one.log_a_second)
    fuller = scaling.plan(19_200, scaling.Assumed(drawing=1, load=1))
    assert fuller.web == 60
    assert fuller.database_cores < one.database_cores

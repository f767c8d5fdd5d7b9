"""What of the checklist was touched."""

from __future__ import annotations

import pytest

from interviews.rules.coverage import coverage


@pytest.mark.parametrize(
    ("ticked", "notes", "found"),
    [
        (set(), {}, "untouched"),
        ({"data.labels"}, {}, "ticked"),
        ({"data.labels"}, {"data": "clicks"}, "ticked"),
        ({"data.sources"}, {}, "untouched"),
        (set(), {"data": "clicks"}, "written"),
        (set(), {"data": " \n"}, "untouched"),
        (set(), {"model": "trees"}, "untouched"),
    ],
)
def test_a_point_is_ticked_written_or_untouched(ticked: set[str], notes: dict[str, str], found: str) -> None:
    assert coverage(["data.labels"], ticked=ticked, notes=notes) == {"data.labels": found}


def test_each_point_is_looked_at() -> None:
    assert list(coverage(["a.b", "c.d"], ticked={"c.d"}, notes={})) == ["a.b", "c.d"]

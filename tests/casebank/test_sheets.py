from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from casebank import sheets


def page(**changed: Any) -> dict[str, Any]:
    sections = [{"title": f"Section {number}", "points": ["one"]} for number in range(3)]
    made = {
        "title": "A page",
        "order": 1,
        "summary": "It is short.",
        "lead": "It is short.",
        "caption": "A box.",
    }
    return {**made, "diagram": {"nodes": []}, "sections": sections, **changed}


def test_the_projects_own_are_eight_in_their_order() -> None:
    assert list(sheets.load()) == [
        "two-loops",
        "feed-ranking",
        "two-tower-retrieval",
        "retrieval-ranking",
        "offline-online-metrics",
        "capacity-arithmetic",
        "optimisation",
        "llm-serving",
    ]


def test_each_works_numbers_out() -> None:
    for slug, sheet in sheets.load().items():
        worked = [one for section in sheet.sections for one in section.sums if one.formula]
        assert len(worked) >= 2, slug


def test_a_sum_that_does_not_add_up_is_refused() -> None:
    sums = [
        {"name": "people", "value": 10.0, "unit": "a day", "say": "People"},
        {"name": "requests", "value": 90.0, "unit": "a day", "say": "Requests", "formula": "people * 10"},
    ]
    sections = [*page()["sections"], {"title": "Sums", "sums": sums}]
    with pytest.raises(ValidationError, match="requests is 90, but people \\* 10 makes 100"):
        sheets.Sheet.model_validate(page(sections=sections))


def test_a_row_that_is_too_short_is_refused() -> None:
    table = {"columns": ["a", "b"], "align": "ll", "rows": [["1", "2"], ["3"]]}
    sections = [*page()["sections"], {"title": "Table", "table": table}]
    with pytest.raises(ValidationError, match="an entry for each column"):
        sheets.Sheet.model_validate(page(sections=sections))


def test_a_misspelt_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="leed"):
        sheets.Sheet.model_validate(page(leed="x"))


def test_a_faulty_file_is_named_with_line_and_key(tmp_path: Path) -> None:
    whole = (sheets.FOLDER / "two-loops.yaml").read_text()
    (tmp_path / "broken.yaml").write_text("title: [")
    (tmp_path / "misspelt.yaml").write_text(whole.replace("\nlead:", "\nleed:"))
    (tmp_path / "whole.yaml").write_text(whole)
    found, faults = sheets.read_sheets(tmp_path)
    assert list(found) == ["whole"]
    assert [(fault.file.split("/")[-1], fault.key) for fault in faults] == [
        ("broken.yaml", ""),
        ("misspelt.yaml", "lead"),
        ("misspelt.yaml", "leed"),
    ]
    assert all(fault.line > 0 for fault in faults)

from __future__ import annotations

import pytest

from casebank.diff import MAX_LINES, diff


def test_equal_texts_have_no_lines() -> None:
    assert diff("a\nb", "a\nb") == []


def test_a_change_stands_between_what_is_around_it() -> None:
    old = "\n".join(f"line {i}" for i in range(1, 21))
    lines = diff(old, old.replace("line 10", "another"))
    assert [(line.kind, line.text) for line in lines if line.kind in ("gone", "new")] == [
        ("gone", "line 10"),
        ("new", "another"),
    ]
    assert lines[0].kind == "gap"
    assert (lines[1].old, lines[1].new, lines[1].text) == (7, 7, "line 7")
    assert len(lines) == 9


@pytest.mark.parametrize(("old", "new"), [("", "a"), ("a", ""), ("a\nb", "b\na"), ("a\na\na", "a\nc\na")])
def test_the_lines_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    lines = diff(old, new)
    assert [line.text for line in lines if line.kind in ("same", "gone")] == old.splitlines()
    assert [line.text for line in lines if line.kind in ("same", "new")] == new.splitlines()


def test_too_much_is_refused() -> None:
    with pytest.raises(ValueError, match="too many lines"):
        diff("\n" * MAX_LINES, "a\n")

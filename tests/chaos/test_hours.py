"""The checkers of time, recoveries, wear, copies and uploads: silent about what is good, and about nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.chaos import hours
from tests.chaos.checkers import Kept, Violation
from tests.chaos.history import Entry, Kind, Rank, What
from tests.chaos.hostile import Upload
from tests.chaos.imports import LONGEST, harmful, verdict
from tests.chaos.played import added
from tests.chaos.restoring import apart
from tests.chaos.soak import SOME, growing

INVOKE, OK, FAIL = Kind.INVOKE, Kind.OK, Kind.FAIL
KEPT = Kept("s", deadline_at=100.0, ended_at=100.0)


def entry(
    at: float, kind: Kind, what: What = What.EDIT, key: str = "a", rank: Rank = (1, 0), detail: str = ""
) -> Entry:
    return Entry(at, "ada", "s", kind, what, key, rank, 0, detail)


def words(found: list[Violation]) -> str:
    return "; ".join(map(str, found))


def test_who_is_refused_before_the_deadline_was_ended_early() -> None:
    assert hours.early_ends([entry(99.5, FAIL), entry(101.0, FAIL)], KEPT) == []
    assert "refused 40.0 s before the end" in words(hours.early_ends([entry(60.0, FAIL)], KEPT))
    assert "refused" in words(hours.early_ends([entry(60.0, FAIL, What.NOTE)], KEPT))


def test_who_handed_in_is_refused_rightly() -> None:
    assert hours.early_ends([entry(60.0, FAIL)], replace(KEPT, ended_at=50.0)) == []


def test_what_was_said_after_the_deadline_and_stands_is_late() -> None:
    good = [entry(99.0, INVOKE), entry(103.0, OK), entry(105.0, INVOKE, key="b"), entry(105.1, FAIL, key="b")]
    assert hours.late_saves(good, KEPT) == []
    late = [entry(105.0, INVOKE, What.NOTE, "n1"), entry(105.2, OK, What.NOTE, "n1")]
    assert "5.0 s after the end" in words(hours.late_saves(late, KEPT))


def test_what_the_server_mended_has_no_beginning_to_be_late_by() -> None:
    assert hours.late_saves([entry(105.0, OK)], KEPT) == []


def test_a_clock_that_is_off_by_more_than_the_way_explains() -> None:
    assert hours.deadlines([entry(1, OK, What.CLOCK, "-600", detail="150")], KEPT) == []
    assert "1000 ms ahead" in words(hours.deadlines([entry(1, OK, What.CLOCK, "1000", detail="3")], KEPT))


def test_recovery_is_counted_from_when_the_fault_was_undone() -> None:
    undone = entry(50.0, OK, What.FAULT, "disk")
    before = [entry(49.0, INVOKE), undone, entry(50.5, OK)]
    good = [*before, entry(51.0, INVOKE, key="b"), entry(53.0, OK, key="b")]
    assert hours.recoveries(good) == [(50.0, 3.0)]
    assert hours.slow_recoveries(good, 3.0) == []
    assert "3.0 s passed" in words(hours.slow_recoveries(good, 2.0))
    assert "nothing was kept again" in words(
        hours.slow_recoveries([*before, entry(51.0, INVOKE, key="b")], 9)
    )
    assert hours.recoveries(before) == []  # nobody drew any more


def test_files_that_grow_without_end_are_named() -> None:
    assert growing([{"web-0": 40}, {"web-0": 900}, {"web-0": 80 + SOME, "web-1": 999}]) == []
    assert words(growing([{"web-0": 40}, {"web-0": 81 + SOME}])).startswith(
        "I8: web-0 had 40 files open, and 121"
    )


def test_copies_that_differ_are_named() -> None:
    assert apart("tables", {"a": 1}, {"a": 1}) == []
    assert "2 of 2 differ, as ['b', 'c']" in words(apart("tables", {"a": 1, "b": 2}, {"a": 1, "c": 2}))


@pytest.mark.parametrize(
    ("poison", "status", "text", "wrong"),
    [
        ((), 422, "", ""),
        ((), 503, "", "503"),
        ((), 200, "", "taken (200)"),
        (("alert(1)",), 200, "a box", ""),
        (("alert(1)",), 200, "javascript:alert(1)", "came back with alert(1)"),
    ],
)
def test_what_an_answer_to_an_upload_may_be(
    poison: tuple[str, ...], status: int, text: str, wrong: str
) -> None:
    assert verdict(Upload("x", "board", b"", {}, poison), status, text) == wrong


def test_an_upload_that_did_harm_or_took_long_is_named() -> None:
    good = replace(entry(1, OK, What.UPLOAD, "a bomb"), seq=LONGEST)
    assert harmful([good]) == []
    assert words(harmful([replace(good, seq=LONGEST + 1)])) == f"I7: a bomb: answered after {LONGEST + 1} ms"
    assert words(harmful([replace(good, kind=FAIL, detail="599")])) == "I7: a bomb: 599"


def test_the_numbers_of_several_tests_are_added_up() -> None:
    said = r"(?P<requests>[\d,]+) requests of (?P<operations>\d+)"
    assert added(said, "1,200 requests of 3\nx\n5 requests of 4") == {"requests": "1,205", "operations": "7"}
    assert added("", "5 requests") == {}

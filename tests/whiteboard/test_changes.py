"""What a log of whole elements is told as."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.whiteboard.drawing import arrow, box, shape, text
from whiteboard.changes import changes, in_words
from whiteboard.replay import Entry
from whiteboard.rules import Element

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA, BEN = 1, 2
Step = tuple[float, int, list[Element]]


def told(*steps: Step) -> list[tuple[float, int | None, str]]:
    """(second of the last step, author, words) of each line."""
    log = [Entry(n, START + timedelta(seconds=at), by, tuple(made)) for n, (at, by, made) in enumerate(steps)]
    return [((one.at - START).total_seconds(), one.author, in_words(one)) for one in changes(log)]


def at(element: Element, **changed: Any) -> Element:
    return {**element, "version": element["version"] + 1, **changed}


B1, B2, LINK = box("b1"), box("b2", 300), arrow("a3", "b1", "b2")
LABEL = text("t1", "ANN index", "b1")
LABEL_2 = text("t2", "Ranker", "b2")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(1, ADA, [B1])], [(1, ADA, "drew a box")]),
        ([(1, ADA, [B1, LABEL])], [(1, ADA, "added “ANN index”")]),
        ([(1, ADA, [text("t1", "p99 <\n 20 ms")])], [(1, ADA, "added “p99 < 20 ms”")]),
        ([(1, ADA, [shape("s1", "freedraw")]), (2, ADA, [shape("s2", "freedraw")])], [(2, ADA, "drew by hand")]),
        ([(1, ADA, [shape("x1", "hologram")])], [(1, ADA, "drew something")]),
        ([(1, ADA, [B1, B2, LINK])], [(1, ADA, "added 3 things")]),
    ],
)  # fmt: skip
def test_drawing(steps: list[Step], expected: list[tuple[float, int, str]]) -> None:
    assert told(*steps) == expected


def test_an_arrow_is_told_by_what_it_joins() -> None:
    parts = [(1, BEN, [B1, LABEL]), (2, BEN, [B2, LABEL_2])]
    loose = arrow("a4", "b1", None)
    assert [words for *_, words in told(*parts, (3, BEN, [LINK]), (4, BEN, [loose]))][2:] == [
        "drew an arrow from “ANN index” to “Ranker”",
        "drew an arrow from “ANN index”",
    ]


def test_a_thing_is_one_line_until_it_is_finished() -> None:
    typed = [at(LABEL, text=words) for words in ("A", "ANN", "ANN index")]
    assert told(
        (1, ADA, [B1]),
        (1.2, ADA, [at(B1, width=300)]),
        *((3 + n, ADA, [B1, label]) for n, label in enumerate(typed)),
    ) == [(5, ADA, "added “ANN index”")]


def test_what_two_people_do_at_once_are_two_lines() -> None:
    assert told((1, ADA, [B1]), (2, BEN, [B2]), (3, ADA, [at(B1, x=9)]), (4, BEN, [at(B2, x=9)])) == [
        (3, ADA, "drew a box"),
        (4, BEN, "drew a box"),
    ]


def test_a_drag_is_one_line_and_what_follows_the_box_is_none() -> None:
    start = (1, ADA, [B1, LABEL, B2, LINK])
    drag = [
        (60 + n, ADA, [at(B1, x=n), at(LABEL, x=n), at(LINK, points=[[0, 0], [n, 9]])]) for n in (1, 2, 3)
    ]
    assert told(start, *drag)[1:] == [(63, ADA, "moved “ANN index”")]


def test_an_arrow_that_is_moved_alone_is_told() -> None:
    assert told((1, ADA, [LINK]), (60, ADA, [at(LINK, x=5)]))[1:] == [(60, ADA, "moved an arrow")]


def test_a_long_drag_is_told_each_minute() -> None:
    drag = [(100 + n * 10, ADA, [at(B1, x=n)]) for n in range(1, 10)]
    assert [at for at, *_ in told((1, ADA, [B1]), *drag)] == [1, 170, 190]


def test_what_nobody_sees_is_left_out() -> None:
    unseen = at(B1, boundElements=[{"id": "a3", "type": "arrow"}], index="a9", seed=7, updated=8)
    assert told((1, ADA, [B1]), (60, BEN, [unseen]))[1:] == []


def test_the_other_verbs() -> None:
    gone = at(B1, isDeleted=True)
    assert told(
        (1, ADA, [B1, LABEL]),
        (60, BEN, [at(LABEL, text="HNSW index")]),
        (120, BEN, [at(B1, strokeColor="#f00")]),
        (180, ADA, [gone, at(LABEL, isDeleted=True)]),
        (240, ADA, [at(gone, isDeleted=False)]),
    )[1:] == [
        (60, BEN, "wrote “HNSW index”"),
        (120, BEN, "changed the look of “HNSW index”"),
        (180, ADA, "removed “HNSW index”"),
        (240, ADA, "added “HNSW index”"),
    ]


def test_a_long_label_is_cut() -> None:
    [(_, _, words)] = told((1, ADA, [text("t1", "word " * 40)]))
    assert len(words) < 75
    assert words.endswith("…”")


def test_a_log_whose_clocks_differ_keeps_its_order() -> None:
    assert [at for at, *_ in told((5, ADA, [B1]), (3, BEN, [B2]))] == [5, 5]

from __future__ import annotations

from tests.whiteboard.drawing import box, shape
from whiteboard.rules.capacity import MAX_BYTES, MAX_ELEMENTS, has_room
from whiteboard.rules.scene import Scene

FULL = [box(f"e{i}") for i in range(MAX_ELEMENTS)]


def test_a_board_takes_two_thousand_elements_and_no_more() -> None:
    assert has_room(Scene(FULL[:-1]), [box("one-more")])
    assert not has_room(Scene(FULL), [box("one-more")])


def test_a_full_board_still_takes_changes_and_deletions() -> None:
    assert has_room(Scene(FULL), [box("e1", version=2, x=50), box("e2", version=2, isDeleted=True)])


def test_what_was_deleted_makes_room() -> None:
    assert has_room(Scene([*FULL, box("e1", isDeleted=True)]), [box("one-more")])


def test_strokes_count_by_their_points() -> None:
    points = [[0.5, 0.5]] * 5_000
    strokes = Scene(shape(f"s{i}", "freedraw", points=points) for i in range(MAX_BYTES // 200_700))
    assert has_room(strokes, [box("1")])
    assert not has_room(strokes, [shape("last", "freedraw", points=points)])
    assert has_room(strokes, [shape("s1", "freedraw", points=points[:10], version=2)])

from __future__ import annotations

from typing import Any

import pytest

from tests.whiteboard.drawing import arrow, box, scene_of, shape, text
from tests.whiteboard.merging import merge
from whiteboard.graph import Edge, Frame, Graph, Note, Part
from whiteboard.rules.repair import repairs
from whiteboard.rules.scene import Scene
from whiteboard.rules.validate import element
from whiteboard.scene import examine, read

PAIR = (
    box("b1"),
    box("b2", x=300),
    text("t1", "Feature store", "b1"),
    text("t2", "Ranker", "b2"),
)


def joins(graph: Graph) -> list[tuple[str, str]]:
    return [(edge.source, edge.target) for edge in graph.edges]


def test_boxes_with_labels_and_arrows_between_them_are_parts_and_edges() -> None:
    graph = read([*PAIR, arrow("a1", "b1", "b2"), text("t3", "features", "a1")])
    assert graph == Graph(
        parts=(Part("b1", "Feature store"), Part("b2", "Ranker")), edges=(Edge("a1", "b1", "b2", "features"),)
    )


def test_a_label_is_read_as_it_was_typed_not_as_it_was_wrapped() -> None:
    wrapped = text("t1", "Feature\nsto\nre", "b1", originalText="Feature store")
    assert read([box("b1"), wrapped]).parts == (Part("b1", "Feature store"),)


def test_trap_5_a_label_that_was_measured_too_narrow_is_kept_as_it_came_and_read_whole() -> None:
    clipped = text("t1", "Feature store online", "b1", width=104)
    assert element(clipped) == clipped
    assert read([box("b1"), clipped]).label("b1") == "Feature store online"


def test_deleted_elements_are_not_there() -> None:
    graph = read(
        [*PAIR[:2], arrow("a1", "b1", "b2", isDeleted=True), text("t1", "Old", "b1", isDeleted=True)]
    )
    assert graph == Graph(parts=(Part("b1", ""), Part("b2", "")))


def test_trap_4_two_labels_of_one_box_are_joined_before_and_after_the_repair() -> None:
    scene = scene_of(box("b1"), text("t1", "Cache", "b1"), text("t2", "Redis", "b1"))
    assert read(scene.values()).parts == (Part("b1", "Cache Redis"),)
    mended = merge(scene, repairs(Scene(scene.values()), list(scene)))
    assert set(read(mended.values()).label("b1").split()) == {"Cache", "Redis"}
    assert read(mended.values()).notes == ()


def test_trap_2_edges_come_from_the_arrows_alone() -> None:
    stale = box("b1", boundElements=[{"id": "a9", "type": "arrow"}])
    assert read([stale, PAIR[1]]).edges == ()
    assert joins(read([*PAIR, arrow("a1", "b1", "b2")])) == [("b1", "b2")]


@pytest.mark.parametrize(("gap", "found"), [(0, True), (44, True), (46, False)])
def test_trap_6_an_arrow_that_ends_beside_a_box_means_it(gap: int, found: bool) -> None:
    loose = arrow("a1", None, None, x=120, y=30, points=[[0, 0], [180 - gap, 0]])
    reading = examine([*PAIR, loose])
    assert joins(reading.graph) == ([("b1", "b2")] if found else [])
    assert reading.guessed == (frozenset({"a1"}) if found else frozenset())


def test_trap_6_an_arrow_from_middle_to_middle_joins_the_boxes_it_starts_and_ends_in() -> None:
    loose = arrow("a1", None, None, x=60, y=30, points=[[0, 0], [300, 0]])
    assert joins(read([*PAIR, loose])) == [("b1", "b2")]


def test_a_bound_edge_is_no_guess() -> None:
    assert examine([*PAIR, arrow("a1", "b1", "b2")]).guessed == frozenset()


def test_of_nested_boxes_an_arrow_means_the_inner() -> None:
    outer = box("b3", x=280, y=-50, width=400, height=300)
    loose = arrow("a1", "b1", None, x=120, y=30, points=[[0, 0], [200, 0]])
    assert joins(read([*PAIR, outer, loose])) == [("b1", "b2")]


@pytest.mark.parametrize(
    ("heads", "edge"),
    [
        ((None, "arrow"), ("b1", "b2", True)),
        (("arrow", None), ("b2", "b1", True)),
        (("arrow", "arrow"), ("b1", "b2", False)),
        ((None, None), ("b1", "b2", False)),
    ],
)
def test_the_heads_tell_the_direction(heads: tuple[Any, Any], edge: tuple[str, str, bool]) -> None:
    drawn = arrow("a1", "b1", "b2", startArrowhead=heads[0], endArrowhead=heads[1])
    (found,) = read([*PAIR, drawn]).edges
    assert (found.source, found.target, found.directed) == edge


def test_an_arrow_bound_to_a_deleted_box_joins_nothing_far_away() -> None:
    gone = arrow("a1", "b1", "b9", x=120, y=30, points=[[0, 0], [40, 400]])
    assert read([*PAIR, box("b9", isDeleted=True), gone]).edges == ()


def test_an_arrow_back_to_its_own_box_is_no_edge() -> None:
    assert read([*PAIR, arrow("a1", "b1", "b1")]).edges == ()


def test_a_line_that_touches_two_boxes_joins_them_without_direction() -> None:
    line = shape("l1", "line", x=120, y=30, points=[[0, 0], [180, 0]], index="d0001")
    assert read([*PAIR, line]).edges == (Edge("l1", "b1", "b2", "", directed=False),)


def test_text_that_an_arrow_points_at_is_a_part() -> None:
    graph = read([box("b1"), text("t1", "Kafka", None, x=400), arrow("a1", "b1", "t1")])
    assert graph.parts == (Part("b1", ""), Part("t1", "Kafka"))
    assert joins(graph) == [("b1", "t1")]


def test_free_text_inside_a_box_is_its_label_and_outside_a_note() -> None:
    graph = read(
        [box("b1"), text("t1", "Cache", None, x=20, y=20), text("t2", "TTL 5 min", None, x=20, y=200)]
    )
    assert graph == Graph(parts=(Part("b1", "Cache"),), notes=(Note("t2", "TTL 5 min"),))


def test_the_label_of_a_deleted_box_becomes_a_note() -> None:
    assert read([box("b1", isDeleted=True), text("t1", "Cache", "b1")]).notes == (Note("t1", "Cache"),)


def test_empty_text_is_nothing() -> None:
    assert read([text("t1", " \n", None)]) == Graph()


def test_a_frame_holds_its_members_and_what_stands_in_it() -> None:
    frame = shape("f1", "frame", name=" Online ", x=290, y=-10, width=200, height=100, index="e00001")
    member = box("b3", x=900, frameId="f1")
    elsewhere = box("b4", x=310, frameId="f2")
    other = shape("f2", "frame", name=None, x=2_000, index="e00002")
    assert read([*PAIR, frame, member, elsewhere, other]).frames == (
        Frame("f1", "Online", ("b2", "b3")),
        Frame("f2", "", ("b4",)),
    )


def test_a_copy_stands_for_itself() -> None:
    copies = [box("b3", y=200), box("b4", x=300, y=200), arrow("a2", "b3", "b4")]
    copies[0]["boundElements"] = [{"id": "a1", "type": "arrow"}]
    assert joins(read([*PAIR, arrow("a1", "b1", "b2"), *copies])) == [("b1", "b2"), ("b3", "b4")]

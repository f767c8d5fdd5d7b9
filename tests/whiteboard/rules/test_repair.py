from __future__ import annotations

import random

import pytest

from tests.whiteboard.drawing import arrow, box, scene_of, shape, text
from tests.whiteboard.merging import merge
from whiteboard.rules import Element, indices
from whiteboard.rules.repair import repairs
from whiteboard.rules.scene import Scene


def mended(scene: dict[str, Element], *changed: str) -> dict[str, Element]:
    return merge(scene, repairs(Scene(scene.values()), changed))


def bound(element: Element) -> list[str]:
    return [entry["id"] for entry in element["boundElements"] or ()]


BOXES = (box("b1"), box("b2", x=300))


def test_trap_2_a_moved_box_gets_back_the_arrow_that_was_bound_to_it_meanwhile() -> None:
    moved = box("b1", x=40, version=17)
    scene = mended(scene_of(moved, BOXES[1], arrow("a1", "b1", "b2")), "b1")
    assert bound(scene["b1"]) == ["a1"]
    assert scene["b1"]["version"] == 18
    assert scene["b1"]["x"] == 40


def test_trap_2_the_arrow_that_comes_later_is_made_known_to_both_its_boxes() -> None:
    scene = mended(scene_of(*BOXES, arrow("a1", "b1", "b2")), "a1")
    assert bound(scene["b1"]) == bound(scene["b2"]) == ["a1"]


def test_trap_2_what_a_box_knows_already_is_kept() -> None:
    known = box("b1", boundElements=[{"id": "t1", "type": "text"}])
    scene = mended(scene_of(known, BOXES[1], text("t1", "Cache", "b1"), arrow("a1", "b1", "b2")), "a1")
    assert bound(scene["b1"]) == ["t1", "a1"]


def test_trap_2_a_label_is_made_known_to_its_box() -> None:
    scene = mended(scene_of(box("b1"), text("t1", "Cache", "b1")), "b1")
    assert scene["b1"]["boundElements"] == [{"id": "t1", "type": "text"}]


@pytest.mark.parametrize(
    "scene",
    [
        scene_of(box("b1"), arrow("a1", "b1", None, isDeleted=True)),
        scene_of(box("b1", isDeleted=True), arrow("a1", "b1", None)),
        scene_of(box("b1"), arrow("a1", "missing", None)),
        scene_of(shape("b1", "freedraw", index="a1"), arrow("a1", "b1", None)),
        scene_of(box("b1", boundElements=[{"id": "a1", "type": "arrow"}]), arrow("a1", "b1", None)),
        scene_of(shape("b1", "frame", index="a1"), text("a1", "Cache", "b1")),
    ],
)
def test_trap_2_nothing_is_bound_to_what_is_gone_or_holds_nothing(scene: dict[str, Element]) -> None:
    assert repairs(Scene(scene.values()), list(scene)) == []


def test_only_what_a_change_touches_is_mended() -> None:
    scene = scene_of(*BOXES, box("b3"), arrow("a1", "b1", "b2"))
    assert repairs(Scene(scene.values()), ["b3"]) == []


def test_trap_3_two_elements_with_one_index_get_one_each_and_the_lower_id_keeps_it() -> None:
    scene = mended(scene_of(box("b1", index="a1"), box("b2", index="a1"), box("b3", index="a2")), "b2")
    assert scene["b1"] == box("b1", index="a1")
    assert "a1" < scene["b2"]["index"] < "a2"
    assert scene["b2"]["version"] == 2


def test_trap_3_an_element_without_an_index_goes_on_top_and_bumps_nobody() -> None:
    scene = mended(scene_of(box("b1", index="a5"), box("b2", index=None), box("b3", index=None)), "b2", "b3")
    assert scene["b1"]["version"] == 1
    assert [scene[id]["index"] for id in ("b2", "b3")] == ["a6", "a7"]


def test_trap_3_an_index_of_its_own_is_kept_to_the_letter() -> None:
    assert repairs(Scene([box("b1", index="a0"), box("b2", index="a0G1")]), ["b1", "b2"]) == []


def test_trap_4_of_two_labels_one_stays_and_the_other_is_freed_inside_the_box() -> None:
    labels = text("t1", "Cache", "b1"), text("t2", "Redis", "b1")
    held = box("b1", boundElements=[{"id": "t2", "type": "text"}])
    scene = mended(scene_of(held, *labels), "t1")
    assert scene["t2"] == labels[1]
    assert scene["t1"]["containerId"] is None
    assert scene["t1"]["text"] == "Cache"
    assert held["y"] <= scene["t1"]["y"] <= held["y"] + held["height"]
    assert bound(scene["b1"]) == ["t2"]


def test_trap_4_a_box_that_lists_both_labels_forgets_the_freed_one() -> None:
    held = box("b1", boundElements=[{"id": "t1", "type": "text"}, {"id": "t2", "type": "text"}])
    scene = mended(scene_of(held, text("t1", "Cache", "b1"), text("t2", "Redis", "b1")), "b1")
    assert bound(scene["b1"]) == ["t1"]
    assert scene["t2"]["containerId"] is None


def test_a_label_outlives_its_deleted_box_and_an_undo_finds_it_again() -> None:
    label = text("t1", "Cache", "b1", version=5)
    scene = scene_of(box("b1", isDeleted=True, version=2), label)
    assert repairs(Scene(scene.values()), ["b1", "t1"]) == []
    back = mended({**scene, "b1": box("b1", version=3)}, "b1")
    assert bound(back["b1"]) == ["t1"]


def _any_scene(chance: random.Random) -> dict[str, Element]:
    boxes, texts, arrows = ([f"{letter}{i}" for i in range(5)] for letter in "bta")
    listed = [{"id": id, "type": kind} for id, kind in (("t1", "text"), ("t2", "text"), ("a1", "arrow"))]
    elements = [box(id, boundElements=chance.sample(listed, chance.randrange(4))) for id in boxes]
    elements += [text(id, "x", chance.choice([None, "a1", *boxes])) for id in texts]
    elements += [
        arrow(id, chance.choice([None, *boxes]), chance.choice([None, "t1", *boxes])) for id in arrows
    ]
    for element in elements:
        element["index"] = chance.choice([None, "a0", "a1", "a1V", "a2", "b00"])
        element["isDeleted"] = chance.random() < 0.15
    return scene_of(*elements)


@pytest.mark.parametrize("seed", range(200))
def test_a_mended_scene_needs_no_repair_and_two_processes_mend_alike(seed: int) -> None:
    scene = _any_scene(random.Random(seed))
    changed = list(scene)
    first = repairs(Scene(scene.values()), changed)
    after = merge(scene, first)
    assert repairs(Scene(after.values()), changed) == []
    assert repairs(Scene(reversed(scene.values())), set(changed)) == first
    found = [element["index"] for element in after.values()]
    assert len(set(found)) == len(found)
    assert all(map(indices.is_valid, found))

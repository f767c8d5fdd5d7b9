from __future__ import annotations

import random
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.whiteboard.drawing import arrow, box, shape, text
from tests.whiteboard.rules.test_validate import ARROW, FREEDRAW, STYLED, TEXT, _anything
from whiteboard import render, scene
from whiteboard.rules import Element, validate

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*elements: Element, **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(render.svg(elements, **options))


def test_every_living_element_is_in_the_picture() -> None:
    elements = [STYLED, ARROW, FREEDRAW, TEXT, shape("fr1", "frame", name="Online"), shape("d1", "diamond")]
    elements += [
        shape("e1", "ellipse"),
        shape("l1", "line", points=[[0, 0], [9, 9]]),
        box("b9", isDeleted=True),
    ]
    groups = {group.get("data-element"): group for group in drawn(*elements).iter(f"{SVG}g")}
    assert groups.keys() == {"b1", "a1", "f1", "t1", "fr1", "d1", "e1", "l1"}
    assert all(len(group) > 0 for group in groups.values())


def test_the_picture_is_cropped_to_what_is_drawn() -> None:
    assert drawn(box("b1", x=100, y=50)).get("viewBox") == "76 26 168 108"


def test_an_empty_board_is_an_empty_picture() -> None:
    assert list(drawn().iter(f"{SVG}g")) == []


def test_text_is_shown_line_by_line() -> None:
    spans = [span.text for span in drawn(text("t1", "Feature\nstore")).iter(f"{SVG}tspan")]
    assert spans == ["Feature", "store"]


@pytest.mark.parametrize(
    "words", ["</text><script>alert(1)</script>", "]]>", "&lt;", '"><image href="x"/>', "<!--"]
)
def test_words_stay_words(words: str) -> None:
    picture = drawn(text("t1", words), shape("fr1", "frame", name=words), title=words)
    assert {element.tag for element in picture.iter()} <= {SVG + name for name in _HARMLESS}
    assert words in [span.text for span in picture.iter(f"{SVG}tspan")]


def test_a_stored_colour_cannot_break_out_of_its_attribute() -> None:
    evil = '"/><script>alert(1)</script><rect x="'
    picture = drawn(
        box("b1", strokeColor=evil, backgroundColor=evil), arrow("a1", None, None, strokeColor=evil)
    )
    assert {element.tag for element in picture.iter()} <= {SVG + name for name in _HARMLESS}


def test_a_marked_arrow_gets_a_halo_along_its_way() -> None:
    slanting = arrow("a1", None, None, points=[[0, 0], [300, 200]])
    halos = [
        path for path in drawn(slanting, marked={"a1"}).iter(f"{SVG}path") if path.get("stroke") == "#f59e0b"
    ]
    assert [path.get("d") for path in halos] == ["M0,0 L300,200"]
    assert not any(
        rect.get("stroke") == "#f59e0b" for rect in drawn(slanting, marked={"a1"}).iter(f"{SVG}rect")
    )


def test_marked_elements_get_a_halo() -> None:
    def strokes(**options: Any) -> int:
        return sum(rect.get("stroke") == "#f59e0b" for rect in drawn(box("b1"), **options).iter(f"{SVG}rect"))

    assert strokes() == 0
    assert strokes(marked={"b1"}) == 1


@pytest.mark.parametrize(
    "head", ["arrow", "bar", "dot", "circle_outline", "triangle", "diamond", "crowfoot_many"]
)
def test_every_head_is_drawn(head: str) -> None:
    (group,) = drawn(arrow("a1", None, None, endArrowhead=head)).iter(f"{SVG}g")
    assert len(group) == 2


_HARMLESS = ("svg", "title", "rect", "g", "text", "tspan", "path", "polyline", "polygon", "circle", "ellipse")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_passes_the_rules_can_be_read_and_drawn(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        start = dict(chance.choice([STYLED, ARROW, FREEDRAW, TEXT]))
        for key in chance.sample(list(start), 4):
            start[key] = _anything(chance)
        for key in chance.sample(list(start), 4):
            start.pop(key, None)
        good, _ = validate.elements([start, {**start, "id": "other", "containerId": start.get("id")}])
        scene.read(good)
        picture = ElementTree.fromstring(render.svg(good))
        assert {element.tag for element in picture.iter()} <= {SVG + name for name in _HARMLESS}


def test_a_picture_makes_room_for_what_stands_around() -> None:
    near, far = box("b1"), box("b2", 900)
    gone = {**box("b3", 5_000), "isDeleted": True}
    frame = re.search('viewBox="[^"]+"', render.svg([near, far]))
    assert frame is not None
    assert frame[0] in render.svg([near], around=[near, far, gone])
    assert "b2" not in render.svg([near], around=[far])

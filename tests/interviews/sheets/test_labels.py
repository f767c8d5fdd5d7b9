"""On paper every word of a drawing can be read: those of arrows hide nothing."""

from __future__ import annotations

from itertools import combinations

import pytest

from casebank import sheets
from casebank.checklist import CONTENT
from casebank.schema import read_case
from interviews.sheets.enlarge import enlarged
from tests.interviews.sheets.pages import CASES
from whiteboard.formats import portable
from whiteboard.geometry import Box, edges, ends
from whiteboard.layout import to_elements
from whiteboard.rules import Element


def shared(one: Box, other: Box) -> float:
    """The area that two boxes share, as a part of the first."""
    wide = max(min(one[2], other[2]) - max(one[0], other[0]), 0)
    high = max(min(one[3], other[3]) - max(one[1], other[1]), 0)
    return wide * high / ((one[2] - one[0]) * (one[3] - one[1]))


class Drawn:
    """A drawing as it is printed: the words of its arrows, its boxes, and the names of its areas."""

    def __init__(self, diagram: object) -> None:
        elements = enlarged(to_elements(portable.parse(diagram)))
        self.by_id = {one["id"]: one for one in elements}
        texts = [one for one in elements if one["type"] == "text"]
        held = [one for one in texts if one.get("containerId")]
        self.words = [one for one in held if self.holder(one)["type"] == "arrow"]
        self.boxes = [edges(self.holder(one)) for one in held if self.holder(one)["type"] != "arrow"]
        self.names = [edges(one) for one in texts if not one.get("containerId")]

    def holder(self, text: Element) -> Element:
        return self.by_id[text["containerId"]]

    def is_legible(self) -> bool:
        places = [edges(one) for one in self.words]
        hidden = [*(shared(box, name) for box in places for name in self.names)]
        hidden += [shared(one, other) for one, other in combinations(places, 2)]
        # A corner of a box may be touched: what it says stands in its middle.
        hidden += [shared(box, part) - 0.12 for box in places for part in self.boxes]
        return max(hidden, default=0) <= 0.02


@pytest.mark.parametrize("slug", CASES)
def test_the_words_of_arrows_hide_no_box_no_name_and_no_other_words(slug: str) -> None:
    reference = read_case(CONTENT / "cases" / slug).reference
    assert Drawn(reference.diagram.model_dump()).is_legible()


@pytest.mark.parametrize("slug", sheets.load())
def test_nor_do_they_on_the_patterns(slug: str) -> None:
    assert Drawn(sheets.load()[slug].diagram).is_legible()


def test_on_a_short_arrow_they_stand_beside_it() -> None:
    long = "one in twelve keystrokes"
    drawn = Drawn(
        {
            "nodes": [{"id": "a", "label": "Trigger"}, {"id": "b", "label": "Context builder"}],
            "edges": [["a", "b", long]],
            "frames": [],
        }
    )
    (words,) = drawn.words
    _, top, _, bottom = edges(words)
    (_, y), (_, other) = ends(drawn.holder(words))
    assert y == other
    assert not top <= y <= bottom

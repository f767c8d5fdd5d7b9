"""The hand that changes a drawing: each verb leaves labels, bindings and areas as an editor would."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whiteboard import catalogue, scene
from whiteboard.drafting import (
    GAP,
    HIGH,
    IN_A_BOX,
    LETTER,
    ON_AN_ARROW,
    WIDE,
    Draft,
    along,
    flowing,
    size,
    straight,
    written,
)
from whiteboard.geometry import Box, Point, edges, halfway, middle
from whiteboard.graph import Edge, Flow, Note, Part
from whiteboard.layout.routes import Leg, Router
from whiteboard.revision import placing
from whiteboard.rules import Element
from whiteboard.understanding import understand_part

_PADDING = 36.0


class Hand:
    """Works on copies of the elements, which `draft` holds. Ids may be those of the outline; `now` says what is which.

    What is asked of an element that is no longer there is `skipped`, and counted.
    """

    def __init__(self, elements: Iterable[Element], mark: str) -> None:
        self.draft = Draft({element["id"]: dict(element) for element in elements})
        self.removed: set[str] = set()
        self.skipped = 0
        self._mark = mark
        self._known: dict[str, str] = {}
        reading = scene.examine(self.draft.elements.values())
        self._texts = reading.texts
        self._shapes = {part.id for part in reading.graph.parts}
        self._loose = {note.id for note in reading.graph.notes}

    def now(self, id: str, element: str) -> None:
        """What the outline calls `id` is this element."""
        self._known[id] = element

    def change(self, id: str, **values: Any) -> None:
        """Sets keys of an element."""
        if element := self._there(id):
            element |= values

    def remove(self, id: str) -> None:
        """Takes an element away, and what others say of it."""
        if not self._there(id):
            return
        self.removed.add(id)
        for other in self.draft.elements.values():
            bound = other.get("boundElements") or ()
            if any(one["id"] == id for one in bound):
                other["boundElements"] = [one for one in bound if one["id"] != id]

    def remove_arrow(self, id: str) -> None:
        """With its label."""
        for text in self._texts.get(id, ()):
            self.remove(text)
        self.remove(id)

    def remove_part(self, id: str) -> None:
        """With its label; its arrows are the outline's own lines."""
        for text in self._texts.get(id, ()):
            if text != id:
                self.remove(text)
        self.remove(id)

    def remove_frame(self, id: str) -> None:
        """The area only: what stood in it stays."""
        self.remove(id)
        for element in self._living():
            if element.get("frameId") == id:
                element["frameId"] = None

    def write(self, id: str, words: str) -> None:
        """Gives a part, an arrow or a loose text these words."""
        element = self._there(id)
        if element is None:
            return
        first, *others = [text for text in self._texts.get(id, ()) if text not in self.removed] or [""]
        for text in others:
            self.remove(text)
        if not words and first and first != id:
            self.remove(first)
        elif element["type"] == "text":
            corner = element["x"], element["y"]
            element |= written(words, middle(element), wrap=max(map(len, words.split() or [""])) + 30)
            element["x"], element["y"] = corner
        elif first:
            wrap = self._wrap(element)
            self.draft.elements[first] |= written(words, self._label_place(element), wrap=wrap)
            self._make_room(element, size(words, wrap=wrap)[1])
        elif words:
            place, wrap = self._label_place(element), self._wrap(element)
            added = self.draft.text(self._new_id(), words, place, holder=id, wrap=wrap)
            self._texts[id] = (added["id"],)

    def state(self, id: str, kind: str) -> None:
        """Says what a part is; an empty kind leaves it to its label."""
        element = self._there(id)
        said = (element.get("customData") or {}) if element else {}
        if element and said.get("part", "") != kind:
            rest = {key: value for key, value in said.items() if key != "part"}
            element["customData"] = rest | ({"part": kind} if kind else {})

    def let_flow(self, id: str, flow: Flow) -> None:
        """How things travel along an arrow."""
        self.change(id, **flowing(flow))

    def move(self, id: str, area: str | None) -> None:
        """Puts a part into an area (as the outline calls it), or under everything; its arrows follow."""
        element = self._there(id)
        if element is None:
            return
        corner = self._place(area, None, element["height"], without=id)
        across, down = corner[0] - element["x"], corner[1] - element["y"]
        frame = self._known.get(area or "")
        for moved in (
            element,
            *(self.draft.elements[text] for text in self._texts.get(id, ()) if text != id),
        ):
            moved |= {"x": moved["x"] + across, "y": moved["y"] + down, "frameId": frame}
        for arrow in self._living():
            ends = [(arrow.get(side) or {}).get("elementId", "") for side in ("startBinding", "endBinding")]
            source, target = (self._there(end, wish=False) for end in ends)
            if id in ends and source and target:
                way = straight(source, target)
                arrow |= along(way)
                for text in self._texts.get(arrow["id"], ()):
                    label = self.draft.elements[text]
                    label |= written(
                        label.get("originalText") or label["text"], halfway(way), wrap=ON_AN_ARROW
                    )

    def add_frame(self, id: str, name: str, parts: int) -> None:
        """An area with room for so many parts, under everything."""
        left, top = self._below()
        columns = max(min(parts, 5), 1)
        room = (
            left + _PADDING,
            top + _PADDING,
            left + _PADDING + columns * (WIDE + 60) - 60,
            top + _PADDING + HIGH,
        )
        frame = self.draft.frame(self._new_id(), name, [room], padding=_PADDING)
        self.now(id, frame["id"])

    def add_part(self, part: Part, area: str | None, *, beside: str | None) -> None:
        """A part in its area, or near what it is joined to."""
        look = catalogue.kinds().get(understand_part(part).kind)
        high = max(HIGH, size(part.label)[1] + 20) if part.label else HIGH
        corner = self._place(area, self._known.get(beside or ""), high)
        box = self.draft.box(self._new_id(), corner, part.label, look=look, stated=bool(part.kind), high=high)
        for element in (box, self.draft.elements.get(f"{box['id']}-label", box)):
            element["frameId"] = self._known.get(area or "")
        self._shapes.add(box["id"])
        self.now(part.id, box["id"])

    def add_arrow(self, edge: Edge) -> None:
        """An arrow around whatever stands between its ends."""
        source, target = (self._there(self._known.get(end, "")) for end in (edge.source, edge.target))
        if source is None or target is None or source is target:
            return
        label = size(edge.label, wrap=ON_AN_ARROW) if edge.label else (0.0, 0.0)
        router = Router(list(self._boxes()), (120.0, 50.0), GAP)
        (way,) = router.ways([Leg(edges(source), edges(target), label)])
        self.draft.arrow(self._new_id(), source["id"], target["id"], edge, way)

    def add_note(self, note: Note) -> None:
        """A loose text under everything."""
        left, top = self._below()
        wide, high = size(note.text, wrap=60)
        added = self.draft.text(self._new_id(), note.text, (left + wide / 2, top + high / 2), wrap=60)
        self._loose.add(added["id"])

    def _there(self, id: str, *, wish: bool = True) -> Element | None:
        found = self.draft.elements.get(id)
        if found is None or id in self.removed:
            self.skipped += wish
            return None
        return found

    def _living(self) -> list[Element]:
        return [element for id, element in self.draft.elements.items() if id not in self.removed]

    def _boxes(self, *, without: str = "") -> list[Box]:
        """Where nothing new may stand, and no arrow should pass."""
        taken = (self._shapes | self._loose) - {without}
        return [edges(element) for element in self._living() if element["id"] in taken]

    def _areas(self) -> list[Box]:
        return [edges(element) for element in self._living() if element["type"] == "frame"]

    def _below(self) -> Point:
        return placing.below([*self._boxes(), *self._areas()])

    def _place(self, area: str | None, beside: str | None, high: float, without: str = "") -> Point:
        frame = self.draft.elements.get(self._known.get(area or "", ""))
        if frame:
            free = [e for e in self._living() if e["id"] in self._shapes and e.get("frameId") is None]
            others = [edges(element) for element in free if element["id"] != without]
            corner, grown = placing.inside(edges(frame), self._boxes(without=without), others, high)
            frame |= {
                "x": grown[0],
                "y": grown[1],
                "width": grown[2] - grown[0],
                "height": grown[3] - grown[1],
            }
            return corner
        neighbour = self.draft.elements.get(beside or "")
        found = placing.near(edges(neighbour), self._boxes(), self._areas(), high) if neighbour else None
        return found or self._below()

    def _label_place(self, element: Element) -> Point:
        if element["type"] not in ("arrow", "line"):
            return middle(element)
        points = element.get("points") or [[0, 0], [element["width"], element["height"]]]
        return halfway([(element["x"] + x, element["y"] + y) for x, y in points])

    def _wrap(self, element: Element) -> int:
        if element["type"] in ("arrow", "line"):
            return ON_AN_ARROW
        return max(int((abs(element["width"]) - 10) / LETTER), 4) if element["width"] != WIDE else IN_A_BOX

    def _make_room(self, element: Element, high: float) -> None:
        if element["type"] in ("rectangle", "ellipse", "diamond") and element["height"] < high + 10:
            element["height"] = high + 20

    def _new_id(self) -> str:
        return f"{self._mark}{len(self.draft.elements)}"

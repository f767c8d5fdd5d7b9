"""What an edited outline does to the drawing that it was written from.

Whatever the text leaves as it was keeps its place, its look and its ids. Only what is new is placed, and only what
changes its area is moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from whiteboard.graph import Graph
from whiteboard.outline import kind_called
from whiteboard.revision.hand import Hand
from whiteboard.revision.matching import match
from whiteboard.rules import Element

__all__ = ["Revision", "revise"]


@dataclass(frozen=True, slots=True)
class Revision:
    """`added` are whole elements, back to front; `changed` is {id: {key: its new value}}; `removed` are ids. `skipped`
    counts the wishes about things that others have taken away meanwhile."""

    added: list[Element]
    changed: dict[str, dict[str, Any]]
    removed: list[str]
    skipped: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def revise(elements: Iterable[Element], base: Graph, wanted: Graph, *, mark: str) -> Revision:
    """What takes these elements from `base` (what the outline said of them, with their ids) to `wanted`.

    New ids begin with `mark`. The drawing may have changed since `base` was read: what others did stays.
    """
    before = [element for element in elements if not element.get("isDeleted")]
    hand = Hand(before, mark)
    found = match(base, wanted)
    _frames(hand, base, wanted, found.frames)
    _parts(hand, base, wanted, found.parts, found.frames)
    _edges(hand, base, wanted, found.edges)
    _notes(hand, base, wanted, found.notes)
    was = {element["id"]: element for element in before}
    now = {id: element for id, element in hand.draft.elements.items() if id not in hand.removed}
    return Revision(
        added=[
            element for element in hand.draft.in_order() if element["id"] in now and element["id"] not in was
        ],
        changed={
            id: changes
            for id, element in now.items()
            if id in was and (changes := _changes(was[id], element))
        },
        removed=[id for id in was if id in hand.removed],
        skipped=hand.skipped,
    )


def _changes(was: Element, now: Element) -> dict[str, Any]:
    return {key: value for key, value in now.items() if key not in was or was[key] != value}


def _frames(hand: Hand, base: Graph, wanted: Graph, found: dict[str, str]) -> None:
    was = {frame.id: frame for frame in base.frames}
    for frame in wanted.frames:
        if frame.id not in found:
            hand.add_frame(frame.id, frame.name, len(frame.parts))
        else:
            hand.now(frame.id, found[frame.id])
            if frame.name != was[found[frame.id]].name:
                hand.change(found[frame.id], name=frame.name)
    for id in was.keys() - found.values():
        hand.remove_frame(id)


def _parts(hand: Hand, base: Graph, wanted: Graph, found: dict[str, str], frames: dict[str, str]) -> None:
    was = {part.id: part for part in base.parts}
    stood = {part: frame.id for frame in base.frames for part in frame.parts}
    stands = {part: frame.id for frame in wanted.frames for part in frame.parts}
    for id in was.keys() - found.values():
        hand.remove_part(id)
    for part in wanted.parts:
        old = was.get(found.get(part.id, ""))
        if old is None:
            continue
        hand.now(part.id, old.id)
        if part.label != old.label:
            hand.write(old.id, part.label)
        # A part that was called by its kind, without more, is of another kind when it is called otherwise.
        if part.kind != old.kind or (part.label != old.label and kind_called(old.label)):
            hand.state(old.id, part.kind)
        area = stands.get(part.id)
        if (frames.get(area, area) if area else None) != stood.get(old.id):
            hand.move(old.id, area)
    joined = {edge.source: edge.target for edge in wanted.edges} | {
        edge.target: edge.source for edge in wanted.edges
    }
    # Areas grow first: what stands in none must not come to lie in one.
    for part in sorted(wanted.parts, key=lambda part: part.id not in stands):
        if part.id not in found:
            hand.add_part(part, stands.get(part.id), beside=joined.get(part.id))


def _edges(hand: Hand, base: Graph, wanted: Graph, found: dict[str, str]) -> None:
    was = {edge.id: edge for edge in base.edges}
    for id in was.keys() - found.values():
        hand.remove_arrow(id)
    for edge in wanted.edges:
        old = was.get(found.get(edge.id, ""))
        if old is None:
            hand.add_arrow(edge)
            continue
        if edge.label != old.label:
            hand.write(old.id, edge.label)
        if edge.flow != old.flow:
            hand.let_flow(old.id, edge.flow)
        if edge.directed != old.directed:
            hand.change(old.id, startArrowhead=None, endArrowhead="arrow" if edge.directed else None)


def _notes(hand: Hand, base: Graph, wanted: Graph, found: dict[str, str]) -> None:
    was = {note.id: note for note in base.notes}
    for id in was.keys() - found.values():
        hand.remove(id)
    for note in wanted.notes:
        if note.id not in found:
            hand.add_note(note)
        elif note.text != was[found[note.id]].text:
            hand.write(found[note.id], note.text)

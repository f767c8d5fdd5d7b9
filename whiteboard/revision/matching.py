"""Which part of an edited outline is which of the drawing: the same label first, then the same place in the text."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeVar

from whiteboard.graph import Edge, Graph

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Matching:
    """{id in the new graph: id in the old one} of what stays, changed or not."""

    parts: dict[str, str] = field(default_factory=dict)
    edges: dict[str, str] = field(default_factory=dict)
    frames: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def match(old: Graph, new: Graph) -> Matching:
    """What of the old graph each thing of the new one is. A line changed in place is the same thing renamed; an arrow
    is the same while it joins the same parts the same way."""
    parts = _pair(old.parts, new.parts, lambda part: part.label, lambda part: part.id)
    return Matching(
        parts,
        _edges(old, new, parts),
        _pair(old.frames, new.frames, lambda frame: frame.name, lambda frame: frame.id),
        _pair(old.notes, new.notes, lambda note: note.text, lambda note: note.id),
    )


def _pair(
    old: Sequence[T], new: Sequence[T], words: Callable[[T], str], id: Callable[[T], str]
) -> dict[str, str]:
    waiting: dict[str, deque[str]] = defaultdict(deque)
    for one in old:
        waiting[words(one)].append(id(one))
    same = {id(one): waiting[words(one)].popleft() for one in new if waiting[words(one)]}
    kept = set(same.values())
    old_keys = [id(one) for one in old]
    new_keys = [same.get(id(one), f"new {id(one)}") for one in new]
    blocks = SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes()
    for what, i1, i2, j1, j2 in blocks:
        if what == "replace":
            gone = [key for key in old_keys[i1:i2] if key not in kept]
            come = [id(one) for one in new[j1:j2] if id(one) not in same]
            same |= dict(zip(come, gone, strict=False))
    return same


def _edges(old: Graph, new: Graph, parts: dict[str, str]) -> dict[str, str]:
    waiting: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in old.edges:
        waiting[edge.source, edge.target].append(edge)
    found: dict[str, str] = {}
    for edge in sorted(new.edges, key=lambda edge: edge.label not in {one.label for one in old.edges}):
        ends = parts.get(edge.source, ""), parts.get(edge.target, "")
        if candidates := waiting[ends]:
            best = next((one for one in candidates if one.label == edge.label), candidates[0])
            candidates.remove(best)
            found[edge.id] = best.id
    return found

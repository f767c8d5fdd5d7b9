"""What changed in notes and drawing between two moments: how a candidate took up a changed constraint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from whiteboard.graph import Edge, Graph


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A step whose notes changed: how many words came and went. Words that only moved are neither."""

    step: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Adaptation:
    """Parts by their labels: new ones, those that went, and those that say something else (before, after). Arrows are
    counted. `first` is how many seconds after the change the first thing was written or drawn; None if nothing was."""

    notes: tuple[NoteChange, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[tuple[str, str], ...]
    arrows_added: int
    arrows_removed: int
    first: int | None = None

    @property
    def drawn(self) -> bool:
        """Whether the drawing changed."""
        return bool(self.added or self.removed or self.reworded or self.arrows_added or self.arrows_removed)

    @property
    def nothing(self) -> bool:
        """Whether neither notes nor drawing changed."""
        return not self.notes and not self.drawn


def adaptation(
    notes: tuple[Mapping[str, str], Mapping[str, str]],
    drawings: tuple[Graph, Graph],
    first: int | None = None,
) -> Adaptation:
    """From (before, after) of the notes, {step: text}, and of the drawing. A part or an arrow is the same while its id
    is."""
    old, new = ({part.id: _one_line(part.label) for part in graph.parts} for graph in drawings)
    ways, ways_now = ({_way(edge) for edge in graph.edges} for graph in drawings)
    return Adaptation(
        notes=tuple(
            change
            for step in {**notes[0], **notes[1]}
            if (change := _note(step, notes[0].get(step, ""), notes[1].get(step, "")))
        ),
        added=tuple(label for id, label in new.items() if id not in old),
        removed=tuple(label for id, label in old.items() if id not in new),
        reworded=tuple((old[id], label) for id, label in new.items() if id in old and old[id] != label),
        arrows_added=len(ways_now - ways),
        arrows_removed=len(ways - ways_now),
        first=first,
    )


def _note(step: str, before: str, after: str) -> NoteChange | None:
    old, new = Counter(before.split()), Counter(after.split())
    added, removed = (new - old).total(), (old - new).total()
    return NoteChange(step, added, removed) if added or removed else None


def _way(edge: Edge) -> tuple[str, str, str]:
    return edge.id, edge.source, edge.target


def _one_line(label: str) -> str:
    return " ".join(label.split())

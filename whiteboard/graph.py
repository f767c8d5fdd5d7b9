"""The graph that a drawing stands for: parts joined by edges, grouped in frames.

Pure values. `whiteboard.scene.read` makes one from Excalidraw elements, `whiteboard.formats.portable.parse` from the
portable YAML form; everything that judges a drawing reads this and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Flow = Literal["", "online", "batch", "stream"]


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled box. `id` is the element's id on the board (or the node's id in the portable form); `kind` is
    the id of the `whiteboard.catalogue` kind that the drawing itself states, or an empty string."""

    id: str
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed connection from part `source` to part `target`; `label` may be empty. `flow` is what the
    drawing itself states: how things travel along it, or an empty string."""

    id: str
    source: str
    target: str
    label: str = ""
    directed: bool = True
    flow: Flow = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A named area and the ids of the parts that stand in it."""

    id: str
    name: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Text on the board that belongs to no part."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole drawing. Order is the order of drawing; ids are unique across all four lists. `loose` are the ids of
    arrows that join no two parts."""

    parts: tuple[Part, ...] = ()
    edges: tuple[Edge, ...] = ()
    frames: tuple[Frame, ...] = ()
    notes: tuple[Note, ...] = ()
    loose: tuple[str, ...] = ()

    def label(self, part_id: str) -> str:
        """The label of a part, or an empty string where there is no such part."""
        return next((part.label for part in self.parts if part.id == part_id), "")

"""A drawing as the system that it stands for: what each part is, how things travel, which numbers are there.

Pure values; `whiteboard.understanding.understand` makes them from a graph, and `whiteboard.findings` judges them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from whiteboard.catalogue import Loop
from whiteboard.graph import Edge, Flow, Note, Part

Origin = Literal["stated", "read", "unknown"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a label says in figures; None where it says nothing.

    `latency_ms`: milliseconds a request spends here (`percentile`: 50, 95, 99 ... if the label says which).
    `per_second`: requests, events or items a second. `takes`, `gives`: how many items enter and leave ("500 -> 60";
    "400 ads" alone is `gives`). `every_s`: seconds between runs or updates ("hourly": 3600; a stream: 0).
    `replicas`: how many run. `count`: how many are kept ("100M images"). `bytes`: how much is kept.
    """

    latency_ms: float | None = None
    percentile: float | None = None
    per_second: float | None = None
    takes: float | None = None
    gives: float | None = None
    every_s: float | None = None
    replicas: int | None = None
    count: float | None = None
    bytes: float | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A part and what it was understood to be. `kind` is a `whiteboard.catalogue` id, or an empty string with
    `origin` "unknown". `loop` is where it works: from its frame, else its kind, else None."""

    part: Part
    kind: str = ""
    origin: Origin = "unknown"
    loop: Loop | None = None
    numbers: Numbers = Numbers()

    @property
    def id(self) -> str:
        return self.part.id

    @property
    def label(self) -> str:
        return self.part.label


@dataclass(frozen=True, slots=True)
class Link:
    """An edge and how things travel along it: `flow` is stated, else read from its label and its ends, else empty."""

    edge: Edge
    flow: Flow = ""
    numbers: Numbers = Numbers()


@dataclass(frozen=True)
class System:
    """Everything that was understood. Links join components of this system only; `loose` are the ids of arrows
    that join no two parts."""

    components: tuple[Component, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    loose: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Component]:
        """{part id: component}"""
        return {component.id: component for component in self.components}

    @cached_property
    def joined(self) -> frozenset[str]:
        """The ids of the parts that an arrow touches."""
        return frozenset(end for link in self.links for end in (link.edge.source, link.edge.target))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Everything that is written on the board."""
        labels = [one.label for one in self.components] + [link.edge.label for link in self.links]
        return (*labels, *(note.text for note in self.notes))

    def links_of(self, part: str) -> tuple[Link, ...]:
        """The links that begin or end at this part (id)."""
        return tuple(link for link in self.links if part in (link.edge.source, link.edge.target))

    def of_kind(self, *kinds: str) -> tuple[Component, ...]:
        """The components of any of these kinds, as drawn."""
        return tuple(component for component in self.components if component.kind in kinds)

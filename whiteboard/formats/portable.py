"""The portable form of a drawing, as people write it in YAML.

nodes:  [{id, label}]
edges:  [[from, to, label]]          (the label may be left out)
frames: [{name, nodes: [ids]}]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whiteboard.graph import Edge, Frame, Graph, Part

MAX_PARTS = 2_000


class PortableError(ValueError):
    """This is not a drawing; `key` says where, `reason` why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


def parse(data: object) -> Graph:
    """The graph of a portable drawing; an empty one for None. Raises PortableError."""
    if data is None:
        return Graph()
    if not isinstance(data, Mapping):
        raise PortableError("diagram", "must be a mapping with nodes, edges and frames")
    for key in data:
        if key not in ("nodes", "edges", "frames"):
            raise PortableError(f"diagram.{key}", "is not a known key")
    parts = tuple(_part(i, raw) for i, raw in enumerate(_list(data, "nodes")))
    known = {part.id for part in parts}
    if len(known) != len(parts):
        raise PortableError("diagram.nodes", "two nodes have the same id")
    edges = tuple(_edge(i, raw, known) for i, raw in enumerate(_list(data, "edges")))
    frames = tuple(_frame(i, raw, known) for i, raw in enumerate(_list(data, "frames")))
    return Graph(parts, edges, frames)


def _list(data: Mapping[Any, Any], key: str) -> list[Any]:
    found = data.get(key) or []
    if not isinstance(found, list):
        raise PortableError(f"diagram.{key}", "must be a list")
    if len(found) > MAX_PARTS:
        raise PortableError(f"diagram.{key}", f"may hold at most {MAX_PARTS:,} entries")
    return found


def _part(i: int, raw: object) -> Part:
    where = f"diagram.nodes[{i}]"
    if not isinstance(raw, Mapping) or "id" not in raw:
        raise PortableError(where, "must have an id and a label")
    return Part(_word(raw["id"], f"{where}.id"), _word(raw.get("label", ""), f"{where}.label"))


def _edge(i: int, raw: object, known: set[str]) -> Edge:
    where = f"diagram.edges[{i}]"
    if not isinstance(raw, list) or not 2 <= len(raw) <= 3:
        raise PortableError(where, "must be [from, to] or [from, to, label]")
    words = [_word(one if one is not None else "", where) for one in raw]
    for end in words[:2]:
        if end not in known:
            raise PortableError(where, f"there is no node {end!r}")
    return Edge(f"edge-{i}", words[0], words[1], words[2] if len(words) == 3 else "")


def _frame(i: int, raw: object, known: set[str]) -> Frame:
    where = f"diagram.frames[{i}]"
    if not isinstance(raw, Mapping):
        raise PortableError(where, "must have a name and nodes")
    inside = raw.get("nodes") or []
    if not isinstance(inside, list):
        raise PortableError(f"{where}.nodes", "must be a list")
    members = tuple(_word(one, f"{where}.nodes") for one in inside)
    for member in members:
        if member not in known:
            raise PortableError(f"{where}.nodes", f"there is no node {member!r}")
    return Frame(f"frame-{i}", _word(raw.get("name", ""), f"{where}.name"), members)


def _word(raw: object, where: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise PortableError(where, "must be text")
    return str(raw)

"""The portable form of a drawing, as people write it in YAML.

nodes:  [{id, label, kind}]              (kind: an id of whiteboard.catalogue; may be left out)
edges:  [[from, to, label]]              (the label may be left out), or
        [{from, to, label, flow: online|batch|stream, directed: false}]
frames: [{name, nodes: [ids]}]
notes:  [text]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import yaml

from whiteboard import catalogue
from whiteboard.formats.faults import FormatError
from whiteboard.graph import Edge, Flow, Frame, Graph, Note, Part

MAX_PARTS = 2_000
# A drawing nests four deep, and the largest has half as many values; more would keep a core busy for minutes.
MAX_DEPTH, MAX_VALUES = 20, 100_000
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS = ("nodes", "edges", "frames", "notes")
_FLOWS = ("online", "batch", "stream")


def loads(text: str) -> Graph:
    """The graph of a YAML text, which may hold it under the key `diagram`. Raises FormatError."""
    data = _yaml(text)
    if isinstance(data, Mapping) and "diagram" in data:
        data = data["diagram"]
    return parse(data)


def dumps(graph: Graph) -> str:
    """The graph as YAML; `loads` reads the same parts, edges, frames and notes (ids of edges and frames apart)."""
    return yaml.safe_dump(
        dump(graph), sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )


def parse(data: object) -> Graph:
    """The graph of a portable drawing; an empty one for None. Raises FormatError."""
    if data is None:
        return Graph()
    if not isinstance(data, Mapping):
        raise FormatError("the drawing", f"must be a mapping with {', '.join(_KEYS)}")
    for key in data:
        if key not in _KEYS:
            raise FormatError(str(key)[:60], "is not a known key")
    parts = tuple(_part(i, raw) for i, raw in enumerate(_list(data, "nodes")))
    known = {part.id for part in parts}
    if len(known) != len(parts):
        raise FormatError("nodes", "two nodes have the same id")
    edges = tuple(_edge(i, raw, known) for i, raw in enumerate(_list(data, "edges")))
    frames = tuple(_frame(i, raw, known) for i, raw in enumerate(_list(data, "frames")))
    notes = tuple(Note(f"note-{i}", _word(raw, f"notes[{i}]")) for i, raw in enumerate(_list(data, "notes")))
    return Graph(parts, edges, frames, notes)


def dump(graph: Graph) -> dict[str, Any]:
    """The portable form of a graph: `parse` reads it back. Lists that are empty are left out, but for `nodes`."""
    parts = [
        {"id": part.id, "label": part.label} | ({"kind": part.kind} if part.kind else {})
        for part in graph.parts
    ]
    made = {
        "edges": [_dump_edge(edge) for edge in graph.edges],
        "frames": [{"name": frame.name, "nodes": list(frame.parts)} for frame in graph.frames],
        "notes": [note.text for note in graph.notes],
    }
    return {"nodes": parts} | {key: entries for key, entries in made.items() if entries}


def _dump_edge(edge: Edge) -> list[str] | dict[str, Any]:
    if not edge.flow and edge.directed:
        return [edge.source, edge.target] + ([edge.label] if edge.label else [])
    made: dict[str, Any] = {"from": edge.source, "to": edge.target}
    if edge.label:
        made["label"] = edge.label
    if edge.flow:
        made["flow"] = edge.flow
    if not edge.directed:
        made["directed"] = False
    return made


def _yaml(text: str) -> object:
    """Plain YAML: no anchors, which make little text large, and neither tags nor depths, which no drawing needs. Events
    come as they are read, so that nothing is built of what is refused."""
    depth = values = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            values += isinstance(event, yaml.NodeEvent)
            if values > MAX_VALUES:
                raise FormatError(_line(event.start_mark), f"holds more than {MAX_VALUES:,} keys and values")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise FormatError(_line(event.start_mark), f"nests more than {MAX_DEPTH} deep")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise FormatError(_line(event.start_mark), "anchors and aliases are not allowed")
            if getattr(event, "tag", None):
                raise FormatError(_line(event.start_mark), "tags are not allowed")
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader either way
    except yaml.MarkedYAMLError as error:
        # A text that breaks off is faulty on its last line, not on the one after it.
        last = text.rstrip().count("\n")
        line = min(error.problem_mark.line, last) + 1 if error.problem_mark else last + 1
        raise FormatError(f"line {line}", f"is not YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError("the text", "is not YAML") from error


def _line(mark: Any) -> str:
    return f"line {mark.line + 1}" if mark else "the text"


def _list(data: Mapping[Any, Any], key: str) -> list[Any]:
    found = data.get(key) or []
    if not isinstance(found, list):
        raise FormatError(key, "must be a list")
    if len(found) > MAX_PARTS:
        raise FormatError(key, f"may hold at most {MAX_PARTS:,} entries")
    return found


def _part(i: int, raw: object) -> Part:
    where = f"nodes[{i}]"
    if not isinstance(raw, Mapping) or "id" not in raw:
        raise FormatError(where, "must have an id and a label")
    kind = _word(raw.get("kind") or "", f"{where}.kind")
    if kind and kind not in catalogue.kinds():
        raise FormatError(f"{where}.kind", f"there is no kind {kind[:60]!r}")
    return Part(_word(raw["id"], f"{where}.id"), _word(raw.get("label", ""), f"{where}.label"), kind)


def _edge(i: int, raw: object, known: set[str]) -> Edge:
    where = f"edges[{i}]"
    if isinstance(raw, list) and 2 <= len(raw) <= 3:
        raw = dict(zip(("from", "to", "label"), raw, strict=False))
    if not isinstance(raw, Mapping) or not {"from", "to"} <= raw.keys():
        raise FormatError(where, "must be [from, to], [from, to, label], or a mapping with from and to")
    source, target = (_word(raw[end], where) for end in ("from", "to"))
    for end in (source, target):
        if end not in known:
            raise FormatError(where, f"there is no node {end[:60]!r}")
    flow, directed = _word(raw.get("flow") or "", f"{where}.flow"), raw.get("directed", True)
    if flow and flow not in _FLOWS:
        raise FormatError(f"{where}.flow", f"must be one of {', '.join(_FLOWS)}")
    if not isinstance(directed, bool):
        raise FormatError(f"{where}.directed", "must be true or false")
    label = _word(raw.get("label") or "", where)
    return Edge(f"edge-{i}", source, target, label, directed, cast(Flow, flow))


def _frame(i: int, raw: object, known: set[str]) -> Frame:
    where = f"frames[{i}]"
    if not isinstance(raw, Mapping):
        raise FormatError(where, "must have a name and nodes")
    inside = raw.get("nodes") or []
    if not isinstance(inside, list):
        raise FormatError(f"{where}.nodes", "must be a list")
    members = tuple(_word(one, f"{where}.nodes") for one in inside)
    for member in members:
        if member not in known:
            raise FormatError(f"{where}.nodes", f"there is no node {member[:60]!r}")
    return Frame(f"frame-{i}", _word(raw.get("name", ""), f"{where}.name"), members)


def _word(raw: object, where: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise FormatError(where, "must be text")
    return str(raw)

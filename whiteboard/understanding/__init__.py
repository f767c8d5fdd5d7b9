"""From a graph to the system that it stands for. Pure: labels, frames and neighbours in, typed parts out."""

from __future__ import annotations

import re

from whiteboard import catalogue
from whiteboard.catalogue import Loop
from whiteboard.graph import Edge, Flow, Graph, Part
from whiteboard.system import Component, Link, Numbers, Origin, System
from whiteboard.understanding.kinds import kind_of
from whiteboard.understanding.numbers import numbers

_ONLINE = re.compile(
    r"\b(online|serving|request path|query time|query|inference|real[- ]?time|runtime|sync path|device|live path)\b",
    re.I,
)
_OFFLINE = re.compile(
    r"\b(offline|training|learning|batch|background|indexing|nightly|night loop|mlops|dag|model development)\b",
    re.I,
)
_STREAM = re.compile(r"\b(streams?|streaming|kafka|pub/?sub|cdc|real[- ]?time|events? as they come)\b", re.I)
_BATCH = re.compile(
    r"\b(batch|hourly|nightly|daily|weekly|monthly|every (hour|night|day|week)|per (hour|day|week)|snapshots?)\b",
    re.I,
)
# A label that says where a feature store serves, or what it is made of, needs no area to say it.
_SIDED = re.compile(
    r"\b(online|offline|redis|scylla|aerospike|cassandra|dynamo(db)?|bigtable|kv|cache)\b", re.I
)
_FEATURE_STORES = {"online": "feature-store-online", "offline": "feature-store-offline"}
_LEARNS = frozenset(
    {"training-job", "tuner", "evaluation", "index-builder", "embedding-job", "feature-pipeline"}
)
_STREAMS = frozenset({"event-log", "stream-processor"})


def understand(graph: Graph) -> System:
    """What each part is, how things travel, and which figures are written there. Never raises."""
    area = {part: _area(frame.name) for frame in graph.frames for part in frame.parts}
    components = tuple(understand_part(part, area.get(part.id)) for part in graph.parts)
    by_id = {one.id: one for one in components}
    links = tuple(
        _link(edge, by_id[edge.source], by_id[edge.target])
        for edge in graph.edges
        if edge.source in by_id and edge.target in by_id
    )
    return System(components, links, graph.notes, graph.loose)


def understand_part(part: Part, area: Loop | None = None) -> Component:
    """What one part is, in an area that belongs to a loop. Never raises."""
    read = part.kind or kind_of(part.label)
    if read in _FEATURE_STORES.values() and not part.kind and not _SIDED.search(part.label):
        # "Feature store" alone says nothing of its side; the area that it stands in does.
        read = _FEATURE_STORES.get(area or "", read)
    kind = catalogue.kinds().get(read)
    origin: Origin = "stated" if part.kind else "read" if kind else "unknown"
    loop = area or (kind.loop if kind else None)
    return Component(part, kind.id if kind else "", origin, loop, numbers(part.label))


def _area(name: str) -> Loop | None:
    """The loop that a frame's name says; None where it says neither, or both."""
    online, offline = bool(_ONLINE.search(name)), bool(_OFFLINE.search(name))
    return None if online == offline else "online" if online else "offline"


def _link(edge: Edge, source: Component, target: Component) -> Link:
    said = numbers(edge.label)
    return Link(edge, edge.flow or _flow(edge.label, said, source, target), said)


def _flow(label: str, said: Numbers, source: Component, target: Component) -> Flow:
    if _STREAM.search(label):
        return "stream"
    if said.every_s is not None:
        return "batch" if said.every_s >= 600 else "stream"
    if _BATCH.search(label):
        return "batch"
    if source.kind in _STREAMS and target.kind in _STREAMS:
        return "stream"
    if target.kind in _LEARNS or source.kind in _LEARNS:
        return "batch"
    if source.loop == target.loop == "online":
        return "online"
    return ""

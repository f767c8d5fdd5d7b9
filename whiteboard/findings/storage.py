"""Check 12: stores that do not fit what they are used for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whiteboard.findings.finding import Expectations, Finding, names
from whiteboard.findings.loops import request_path
from whiteboard.findings.roads import Roads
from whiteboard.findings.roles import LAKES, MODELS, may_serve
from whiteboard.system import System

# What is loaded beforehand does not make a request wait.
_BEFOREHAND = re.compile(
    r"model|weights?|load|deploy|index|snapshot|publish|sync|cop(y|ies)|batch|train", re.I
)
_WAITS = MODELS | {"gateway", "service", "client"}


def fit(system: System, _: Expectations) -> Iterator[Finding]:
    """A lake or warehouse that is read while a request waits; a cache that nothing fills."""
    there = request_path(system)
    serving = Roads(system).reached(there[:1], may_serve)
    for link in system.links:
        source, target = system.by_id[link.edge.source], system.by_id[link.edge.target]
        if source.kind not in LAKES or target.id not in serving or target.kind not in _WAITS:
            continue
        if link.flow in ("batch", "stream") or _BEFOREHAND.search(link.edge.label):
            continue
        yield Finding(
            "storage",
            "wrong",
            f"{names([source.label])} is read by {names([target.label])} while a request waits.",
            "Serve from a store that answers by key in milliseconds, filled from there.",
            (source.id, link.edge.id, target.id),
        )
    for cache in system.of_kind("cache"):
        touching = [link.edge for link in system.links_of(cache.id)]
        if touching and all(edge.directed and edge.source == cache.id for edge in touching):
            yield Finding(
                "storage",
                "missing",
                f"Nothing that is drawn fills {names([cache.label])}.",
                "Draw what writes to it, and when an entry is thrown away.",
                (cache.id,),
            )

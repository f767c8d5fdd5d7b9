"""Where parts stand: a band of rows for each area, in each band columns from left to right along its arrows.

Layers by longest path and rows by barycentres, after Sugiyama, Tagawa and Toda (1981), without dummy nodes: arrows
find their way around boxes afterwards (`whiteboard.layout.routes`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import mean

from whiteboard.graph import Graph

_SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A part's column and row; rows are counted through all bands, and may be halves."""

    band: int
    column: int
    row: float


def cells(graph: Graph) -> dict[str, Cell]:
    """{part id: cell}. Parts in no area stand in the first band; no two parts share a cell."""
    bands = _bands(graph)
    neighbours: dict[str, list[str]] = defaultdict(list)
    following: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        following[edge.source].append(edge.target)
        neighbours[edge.source].append(edge.target)
        neighbours[edge.target].append(edge.source)
    columns: dict[str, int] = {}
    for parts in sorted(bands, key=len, reverse=True):
        columns |= _columns(parts, following, neighbours, columns)
    rows: dict[str, float] = {}
    for _ in range(_SWEEPS):
        top = 0.0
        for parts in bands:
            top += _rows(parts, columns, neighbours, rows, top)
    return {id: Cell(at, columns[id], rows[id]) for at, parts in enumerate(bands) for id in parts}


def _bands(graph: Graph) -> list[list[str]]:
    area = {part: number for number, frame in enumerate(graph.frames) for part in frame.parts}
    bands: list[list[str]] = [[] for _ in range(len(graph.frames) + 1)]
    for part in graph.parts:
        bands[area.get(part.id, -1) + 1].append(part.id)
    return bands


def _columns(
    parts: list[str],
    following: dict[str, list[str]],
    neighbours: dict[str, list[str]],
    known: dict[str, int],
) -> dict[str, int]:
    """The longest way to each part along the arrows of its own band; moved sideways as a whole, or alone where no
    arrow holds it, to stand below and above what it is joined to in other bands."""
    inside = set(parts)
    onward = _acyclic(parts, {id: [to for to in following[id] if to in inside] for id in parts})
    columns = dict.fromkeys(parts, 0)
    for part in _order(parts, onward):
        for target in onward[part]:
            columns[target] = max(columns[target], columns[part] + 1)
    fed = {target for targets in onward.values() for target in targets}
    for part in parts:
        if onward[part] and part not in fed:  # a source stands beside what it feeds
            columns[part] = min(columns[target] for target in onward[part]) - 1
    pulls = {id: [known[other] for other in neighbours[id] if other in known] for id in parts}
    for part in parts:
        if not onward[part] and part not in fed and pulls[part]:
            columns[part] = round(mean(pulls[part]))
    held = [at - columns[id] for id in parts for at in pulls[id] if onward[id] or id in fed]
    shift = max(round(mean(held)), 0) if held else 0
    return {id: column + (shift if onward[id] or id in fed else 0) for id, column in columns.items()}


def _acyclic(parts: Iterable[str], following: dict[str, list[str]]) -> dict[str, list[str]]:
    """The arrows without those that close a loop, found depth first from the first part on."""
    onward: dict[str, list[str]] = {part: [] for part in following}
    state: dict[str, bool] = {}  # True while a part is being followed
    for root in parts:
        stack = [(root, iter(following[root]))] if root not in state else []
        state.setdefault(root, True)
        while stack:
            part, rest = stack[-1]
            for target in rest:
                if state.get(target, False):
                    continue
                onward[part].append(target)
                if target not in state:
                    state[target] = True
                    stack.append((target, iter(following[target])))
                    break
            else:
                state[part] = False
                stack.pop()
    return onward


def _order(parts: Collection[str], onward: dict[str, list[str]]) -> list[str]:
    """Each part before those that its arrows lead to."""
    waiting = dict.fromkeys(parts, 0)
    for targets in onward.values():
        for target in targets:
            waiting[target] += 1
    ready = [part for part in parts if not waiting[part]]
    for part in ready:  # grows as it is read
        for target in onward[part]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return ready


def _rows(
    parts: list[str],
    columns: dict[str, int],
    neighbours: dict[str, list[str]],
    rows: dict[str, float],
    top: float,
) -> float:
    """Sets each part's row, nearest to the rows of its neighbours; how many rows the band takes."""
    stacks: dict[int, list[str]] = defaultdict(list)
    for part in parts:
        stacks[columns[part]].append(part)
    height = max(map(len, stacks.values()), default=0)
    for column in sorted(stacks):
        stack = stacks[column]
        pull = {
            part: mean([rows[other] for other in neighbours[part] if other in rows] or [rows.get(part, top)])
            for part in stack
        }
        stack.sort(key=lambda part: pull[part])
        for row, part in enumerate(stack):
            rows[part] = top + (height - len(stack)) / 2 + row
    return float(height)

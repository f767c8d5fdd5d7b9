"""Check 5: the time a request spends on the online path, and where it spends most."""

from __future__ import annotations

from collections.abc import Iterator

from whiteboard.findings.finding import Expectations, Finding, names
from whiteboard.findings.loops import request_path
from whiteboard.findings.roads import Roads
from whiteboard.findings.roles import is_client, may_serve
from whiteboard.system import Component, System

# What stands before the others often states the time of the whole request; a part in the middle states its own.
_ENTRIES = frozenset({"client", "gateway", "load-balancer", "cdn"})
_FIRST = frozenset({"service", ""})
# Longest paths are searched among so many steps; nobody draws more.
_MOST_STEPS = 20_000
_SIDE_READS = frozenset(
    {"feature-store-online", "ann-index", "vector-store", "cache", "oltp-store", "object-store"}
)


def critical_path(system: System, expected: Expectations) -> Iterator[Finding]:
    """The longest sum of latencies that are written on a way from the client, reads beside it included."""
    there = request_path(system)
    if not there:
        return
    way = _longest(system, there[0])
    timed = [
        system.by_id[id] for id in _with_reads(system, way) if system.by_id[id].numbers.latency_ms is not None
    ]
    total, spent = _split(timed, _entries(system, way))
    if len(spent) < 2:
        return
    taken = sum(_ms(one) for one in spent)
    slowest = max(spent, key=_ms)
    most = f"{names([slowest.label])} takes most, {_ms(slowest):g} ms"
    words = f"The parts on the online path add up to {taken:g} ms; {most}"
    ids = tuple(one.id for one in spent)
    promised = _ms(total) if total else None
    if expected.latency_ms is not None and taken > expected.latency_ms:
        yield Finding(
            "latency",
            "wrong",
            f"{words}: that is over the case's {expected.latency_ms:g} ms.",
            f"Shorten {names([slowest.label])}, do it in parallel or beforehand, or say which part may be left out.",
            ids,
        )
    elif total and promised is not None and taken > promised:
        yield Finding(
            "latency",
            "wrong",
            f"{words}: that is over the {promised:g} ms that {names([total.label])} promises.",
            "Bring the sum and the promise together.",
            (total.id, *ids),
        )
    else:
        within = f", within the case's {expected.latency_ms:g} ms" if expected.latency_ms is not None else ""
        yield Finding("latency", "good", f"{words}{within}.", elements=ids)


def _entries(system: System, way: list[str]) -> set[str]:
    """What may state the time of the whole request: gateways, and a service before which nothing has a time."""
    entries = {id for id in way if system.by_id[id].kind in _ENTRIES}
    for id in way:
        one = system.by_id[id]
        if one.kind in _FIRST:
            return {*entries, id}
        if id not in entries or one.numbers.latency_ms is not None:
            break
    return entries


def _split(timed: list[Component], entries: set[str]) -> tuple[Component | None, list[Component]]:
    """(the entry whose time is that of the whole request, if there is one; the parts that spend it)."""
    for one in timed:
        rest = [other for other in timed if other is not one]
        if (
            one.id in entries
            and rest
            and _ms(one) >= max(map(_ms, rest))
            and _ms(one) * 2 >= sum(map(_ms, rest))
        ):
            return one, rest
    return None, timed


def _longest(system: System, client: str) -> list[str]:
    """The parts on the slowest way from the client that visits none twice; empty where there are too many ways."""
    roads = Roads(system)
    best: tuple[float, list[str]] = (-1.0, [])
    stack: list[tuple[float, list[str]]] = [(0.0, [client])]
    for _ in range(_MOST_STEPS):
        if not stack:
            break
        spent, way = stack.pop()
        if spent > best[0]:
            best = (spent, way)
        for there, _arrow in roads.ahead[way[-1]]:
            one = system.by_id[there]
            if there not in way and may_serve(one) and not is_client(one):
                stack.append((spent + _ms(one), [*way, there]))
    return [] if stack else best[1]


def _with_reads(system: System, way: list[str]) -> list[str]:
    """The way, and of the stores that each part on it reads the slowest: one part reads them side by side."""
    beside: dict[str, list[Component]] = {}
    placed: set[str] = set()
    for here in way:
        for link in system.links_of(here):
            edge = link.edge
            store = system.by_id[edge.target if edge.source == here else edge.source]
            if store.id in placed or store.id in way or store.kind not in _SIDE_READS:
                continue
            if not _is_branch(system, store.id, way):
                placed.add(store.id)
                beside.setdefault(here, []).append(store)
    return [*way, *(max(stores, key=_ms).id for stores in beside.values())]


def _is_branch(system: System, store: str, way: list[str]) -> bool:
    """Whether requests pass through this store to a later part, beside the way: the way was the slower of the two."""
    edges = [link.edge for link in system.links_of(store) if link.edge.directed]
    enter = [way.index(edge.source) for edge in edges if edge.source in way]
    leave = [way.index(edge.target) for edge in edges if edge.target in way]
    return bool(enter and leave) and min(enter) < max(leave) and not set(enter) & set(leave)


def _ms(one: Component) -> float:
    return one.numbers.latency_ms or 0.0

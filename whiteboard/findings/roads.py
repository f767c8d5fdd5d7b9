"""Ways through a system: which parts can be reached from which, and by which arrows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from whiteboard.system import Component, System

Allowed = Callable[[Component], bool]


@dataclass(frozen=True)
class Roads:
    """The arrows of a system as a map. An arrow without a direction can be walked both ways."""

    system: System
    ahead: Mapping[str, tuple[tuple[str, str], ...]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[str, list[tuple[str, str]]] = {id: [] for id in self.system.by_id}
        for link in self.system.links:
            edge = link.edge
            found[edge.source].append((edge.target, edge.id))
            if not edge.directed:
                found[edge.target].append((edge.source, edge.id))
        object.__setattr__(self, "ahead", {id: tuple(ways) for id, ways in found.items()})

    def path(
        self, starts: Iterable[str], goals: Collection[str], through: Allowed = lambda _: True
    ) -> tuple[str, ...]:
        """The ids of parts and arrows on a shortest way from a start to a goal, in turn; empty where there is none.

        The way takes at least one arrow, so a goal that is a start must be come back to; `through` is asked of
        the parts between.
        """
        came: dict[str, tuple[str, str] | None] = {}
        waiting = deque(starts)
        first = set(waiting)
        while waiting:
            here = waiting.popleft()
            for there, arrow in self.ahead.get(here, ()):
                if there in goals:
                    return (*self._back(here, came), arrow, there)
                if there not in came and there not in first and through(self.system.by_id[there]):
                    came[there] = (here, arrow)
                    waiting.append(there)
        return ()

    def reached(self, starts: Iterable[str], through: Allowed = lambda _: True) -> set[str]:
        """The parts that can be reached from the starts by at least one arrow; only those that `through` allows."""
        seen: set[str] = set()
        waiting = deque(starts)
        while waiting:
            for there, _ in self.ahead.get(waiting.popleft(), ()):
                if there not in seen and through(self.system.by_id[there]):
                    seen.add(there)
                    waiting.append(there)
        return seen

    def _back(self, here: str, came: Mapping[str, tuple[str, str] | None]) -> list[str]:
        way = [here]
        while step := came.get(way[0]):
            way[:0] = step
        return way

"""Check 13: parts that nothing joins, and arrows that do not say enough."""

from __future__ import annotations

from collections.abc import Iterator

from whiteboard.findings.finding import Expectations, Finding, names
from whiteboard.findings.roles import WATCHES
from whiteboard.system import System

_ENOUGH_LINKS = 3
_ENOUGH_PARTS = 5


def legible(system: System, _: Expectations) -> Iterator[Finding]:
    """Whether every part is labelled and joined, and every arrow says where to."""
    if len(system.links) < _ENOUGH_LINKS:
        return
    faults = list(_faults(system))
    yield from faults
    if not faults and len(system.components) >= _ENOUGH_PARTS:
        yield Finding(
            "legible", "good", "Every part is labelled and joined, and every arrow shows a direction."
        )


def _faults(system: System) -> Iterator[Finding]:
    # Monitoring without an arrow is spoken of where watching is.
    alone = [
        one
        for one in system.components
        if one.id not in system.joined and one.kind not in WATCHES and one.label.strip()
    ]
    if alone:
        says = f"No arrow joins {names(one.label for one in alone)} to the rest."
        yield _missing("loose-part", says, "Join it, or leave it out.", tuple(one.id for one in alone))
    bare = tuple(one.id for one in system.components if not one.label.strip())
    if bare:
        says = f"{len(bare)} part{'s have' if len(bare) > 1 else ' has'} no label."
        yield _missing("unlabelled-part", says, "Say what each part is.", bare)
    if system.loose:
        says = f"{len(system.loose)} arrow{'s join' if len(system.loose) > 1 else ' joins'} no two parts."
        yield _missing("loose-arrow", says, "Lead both ends to a part.", system.loose)
    both = tuple(link.edge.id for link in system.links if not link.edge.directed)
    if both:
        says = f"{len(both)} arrow{'s show' if len(both) > 1 else ' shows'} no direction."
        yield _missing("undirected-arrow", says, "Give each arrow one head: where the data goes.", both)


def _missing(check: str, says: str, resolves: str, elements: tuple[str, ...]) -> Finding:
    return Finding(check, "missing", says, resolves, elements)

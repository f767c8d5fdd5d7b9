"""Check 11: monitoring that watches nothing, and a model that nothing watches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whiteboard.findings.finding import Expectations, Finding, names
from whiteboard.findings.loops import main_model, request_path
from whiteboard.findings.roles import TRAINED, WATCHES
from whiteboard.system import System

_WATCHING = re.compile(
    r"monitor|alert|watch|drift|metric|dashboard|alarm|audit|\bcheck|rate\b|\bqa\b|quality|vs\.? (actual|real)|counts?"
    r"|report|track|feedback|evaluat|coverage|override",
    re.I,
)
_LEAST = 6


def watched(system: System, _: Expectations) -> Iterator[Finding]:
    """What watches, and what it is joined to."""
    watching = system.of_kind(*WATCHES)
    idle = [one for one in watching if one.id not in system.joined]
    busy = [one for one in watching if one.id in system.joined]
    if busy:
        says = f"{names(one.label for one in busy)} {'is' if len(busy) == 1 else 'are'} joined to what is watched."
        yield Finding("monitoring", "good", says, elements=tuple(one.id for one in busy))
    if idle and len(system.links) >= 3:
        watch = "watches" if len(idle) == 1 else "watch"
        yield Finding(
            "monitoring",
            "missing",
            f"{names(one.label for one in idle)} {watch} nothing: no arrow leads there.",
            "Join it to what it watches, and say which figure it looks at.",
            tuple(one.id for one in idle),
        )
    there = request_path(system)
    if watching or len(system.components) < _LEAST or not there or any(map(_WATCHING.search, system.words)):
        return
    models = [main_model(system), *(one for one in system.components if one.kind in TRAINED)]
    model = next((one for one in models if one and one.kind in TRAINED), None)
    if model:
        yield Finding(
            "monitoring",
            "missing",
            f"Nothing that is drawn watches {names([model.label])} in production.",
            "Draw what is measured there (predictions against outcomes, drift, latency) and who is told.",
            (model.id,),
        )

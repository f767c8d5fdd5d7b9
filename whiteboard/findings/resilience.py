"""Checks 9 and 10: what answers when a part is late or down, and what runs only once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whiteboard.findings.finding import Expectations, Finding, names
from whiteboard.findings.loops import main_model, request_path
from whiteboard.findings.roads import Roads
from whiteboard.findings.roles import may_serve
from whiteboard.system import System

# Words of a way out, on a part, an arrow or beside the drawing.
_WAY_OUT = re.compile(
    r"fall ?back|time-?out|\belse\b|\bif (it |the )?(fails|down|late|slow)|popular|default|static|\brules?\b|degrade"
    r"|breaker|backup|last (night|good)|\bfifo\b|\bdown\b|heavy >|cached",
    re.I,
)
_LEAST = 6


def fallback(system: System, _: Expectations) -> Iterator[Finding]:
    """Whether something else answers where the model does not."""
    model = main_model(system)
    for one in system.of_kind("fallback"):
        if one.id in system.joined:
            yield Finding(
                "fallback",
                "good",
                f"{names([one.label])} answers where the model does not.",
                elements=(one.id,),
            )
            return
    if model is None or len(system.components) < _LEAST or any(map(_WAY_OUT.search, system.words)):
        return
    yield Finding(
        "fallback",
        "missing",
        f"Nothing that is drawn answers when {names([model.label])} is late or down.",
        "Draw what people get then: a cached answer, a simple rule, a smaller model.",
        (model.id,),
    )


def single_points(system: System, _: Expectations) -> Iterator[Finding]:
    """A part of the request path that is said to run once."""
    there = request_path(system)
    serving = Roads(system).reached(there[:1], may_serve)
    for one in system.components:
        if one.id in serving and one.numbers.replicas == 1:
            yield Finding(
                "single-point",
                "wrong",
                f"Every request needs {names([one.label])}, and it runs once.",
                "Run it more than once, or say what happens without it.",
                (one.id,),
            )

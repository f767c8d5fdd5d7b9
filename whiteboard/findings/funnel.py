"""Check 8: how many enter, how many leave, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator

from whiteboard.figures import short
from whiteboard.findings.finding import Expectations, Finding, names
from whiteboard.system import System

# Two figures for one thing may differ a little: people round.
_ABOUT = 1.25


def arithmetic(system: System, expected: Expectations) -> Iterator[Finding]:
    """Stages that pass on another number than the next one takes; and the predictions a second that a stage makes."""
    for link in system.links:
        source, target = system.by_id[link.edge.source], system.by_id[link.edge.target]
        gives, takes = source.numbers.gives, target.numbers.takes
        if gives and takes and max(gives, takes) > _ABOUT * min(gives, takes):
            yield Finding(
                "funnel",
                "wrong",
                f"{names([source.label])} passes {gives:g} on, but {names([target.label])} takes {takes:g}.",
                "Say what happens between the two, or correct one of the figures.",
                (source.id, link.edge.id, target.id),
            )
    drawn = [one.numbers.per_second for one in system.of_kind("client", "gateway") if one.numbers.per_second]
    rate = max(drawn, default=None) or expected.requests_per_second
    if not rate:
        return
    for one in system.of_kind("ranker", "pre-ranker"):
        feeding = [
            system.by_id[link.edge.source].numbers.gives
            for link in system.links
            if link.edge.target == one.id
        ]
        each = one.numbers.takes or next((gives for gives in feeding if gives), None)
        if each:
            scored = f"{names([one.label])} scores {each:g} for each request"
            says = f"{scored}: at {short(rate)} a second, {short(rate * each)} predictions a second."
            yield Finding("funnel", "good", says, elements=(one.id,))

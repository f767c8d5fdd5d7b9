"""What a drawn system shows, lacks and contradicts. Pure; precise before complete: a check speaks only where the
drawing says enough to be judged."""

from __future__ import annotations

from whiteboard.findings import drawing, features, funnel, latency, loops, resilience, storage, watching
from whiteboard.findings.finding import Check, Expectations, Finding
from whiteboard.system import System

__all__ = ["Expectations", "Finding", "findings"]

CHECKS: tuple[Check, ...] = (
    loops.online,
    loops.offline,
    loops.bridge,
    loops.feedback,
    loops.pointless,
    latency.critical_path,
    features.skew,
    features.freshness,
    funnel.arithmetic,
    resilience.fallback,
    resilience.single_points,
    watching.watched,
    storage.fit,
    drawing.legible,
)


def findings(system: System, expected: Expectations | None = None) -> tuple[Finding, ...]:
    """All that the checks say of a system, in their order; nothing of an empty board. Never raises."""
    return tuple(one for check in CHECKS for one in check(system, expected or Expectations()))

"""Whose levels the report's deeper parts go by: one source at a time, named, never a blend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviews.queries.report import Report


@dataclass(frozen=True, slots=True)
class Levels:
    """One source's levels, {item: 0-3} of the points that it speaks of. `name` is the interviewer's; empty for the
    automatic sheet, which speaks of all points and alone has `bounds` between its verdicts 2, 3 and 4."""

    by_item: Mapping[str, int]
    name: str = ""
    bounds: Sequence[float] = ()


def levels_of(report: Report) -> Levels | None:
    """The interviewer's, where this seat may see them and they speak of half of the points or more; else the automatic
    ones; None where there are neither. The report has been asked who may see what: nothing is read past it."""
    people = report.people
    if people and 2 * people.count >= report.total > 0:
        return Levels({item: one.level for item, one in people.marks.items() if item}, people.name)
    if report.sheet is None:
        return None
    told = report.sheet.arithmetic
    bounds = [told[f"bound_{at}"] for at in (2, 3, 4) if f"bound_{at}" in told]
    automatic = {item.id: item.level for step in report.steps for item in step.items}
    return Levels(automatic, bounds=bounds if len(bounds) == 3 else ())

"""What each source says by step, side by side: nobody's word is blended with another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interviews.models import Role, Seat
from interviews.queries.people_report import PeopleReport
from interviews.queries.report import ItemReport, Report


@dataclass(frozen=True, slots=True)
class Cell:
    """The mean level 0-3 of one source over the points of a step that it speaks of, `marked` of `total`."""

    mean: float | None
    marked: int
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`titles` name the sources, `advances` are their verdicts 1-4, both in the order of each row's cells."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    advances: tuple[int | None, ...]


def side_by_side(report: Report, seat: Seat) -> Table | None:
    """None before anybody but the scorer has said something that this seat may see."""
    interviewer = seat.role == Role.INTERVIEWER
    sources: list[tuple[str, int | None, Callable[[ItemReport], int | None]]] = []
    if report.own:
        title = "The candidate" if interviewer else "You"
        sources.append((title, report.own.overall, lambda item: item.own))
    people = [report.people, *report.others] if report.feedback else []
    people.append(report.second)
    for one in people:
        if one:
            title = "You" if interviewer and one is report.people else one.name
            sources.append((title, one.verdict.level if one.verdict else None, _levels_of(one)))
    if not sources:
        return None
    if report.sheet:
        sources.append(("Automatic", report.sheet.overall, lambda item: item.level))
    rows = tuple(
        Row(step.id, step.name, tuple(_cell([level(item) for item in step.items]) for _, _, level in sources))
        for step in report.steps
        if step.items
    )
    return Table(tuple(one[0] for one in sources), rows, tuple(one[1] for one in sources))


def _levels_of(one: PeopleReport) -> Callable[[ItemReport], int | None]:
    return lambda item: one.marks[item.id].level if item.id in one.marks else None


def _cell(levels: list[int | None]) -> Cell:
    said = [level for level in levels if level is not None]
    return Cell(sum(said) / len(said) if said else None, len(said), len(levels))

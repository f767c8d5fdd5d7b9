"""Cheat sheets for everybody: one page on a pattern that many cases share, read from content/sheets. Pure."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from casebank.checklist import CONTENT
from casebank.schema import documents
from casebank.schema.arithmetic import agrees, evaluate
from casebank.schema.content import parse
from casebank.schema.faults import Fault
from casebank.schema.models import Part, Quantity, Short, Text

FOLDER = CONTENT / "sheets"
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Table(Part):
    """`align` has a letter for each column: l, c or r."""

    columns: Annotated[list[Line], Field(min_length=2, max_length=6)]
    align: Annotated[str, StringConstraints(pattern=r"^[lcr]+$")]
    rows: Annotated[list[list[Line]], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _is_a_rectangle(self) -> Table:
        if any(len(row) != len(self.columns) for row in [list(self.align), *self.rows]):
            raise ValueError("every row, and align, must have an entry for each column")
        return self


class Section(Part):
    """What stands under one heading, in this order: text, table, sums, points, steps."""

    title: Short
    text: Text | None = None
    table: Table | None = None
    sums: list[Quantity] = []
    points: list[Line] = []
    steps: list[Line] = []


class Sheet(Part):
    """One page. A formula may use what stands above it in any section, and is checked. `diagram` is a drawing in
    the portable form; whoever can draw reads it."""

    title: Short
    order: int
    summary: Short
    lead: Text
    diagram: dict[str, Any]
    caption: Short
    sections: Annotated[list[Section], Field(min_length=3, max_length=12)]

    @model_validator(mode="after")
    def _adds_up(self) -> Sheet:
        known: dict[str, float] = {}
        for one in (one for section in self.sections for one in section.sums):
            if one.formula is not None and not agrees(one.value, computed := evaluate(one.formula, known)):
                raise ValueError(f"{one.name} is {one.value:g}, but {one.formula} makes {computed:g}")
            known[one.name] = one.value
        return self


@cache
def load() -> dict[str, Sheet]:
    """The sheets by slug, in their order; ValueError with every fault if one is faulty."""
    found, faults = read_sheets(FOLDER)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    return found


def read_sheets(folder: Path) -> tuple[dict[str, Sheet], list[Fault]]:
    """Every sheet in the folder that is whole, by slug and in their order, and every fault of the others."""
    faults: list[Fault] = []
    read: dict[str, Sheet] = {}
    for file in sorted(folder.glob("*.yaml")):
        sheet = parse(documents.read(file, root=folder.parent), Sheet, faults)
        if sheet:
            read[file.stem] = sheet
    return dict(sorted(read.items(), key=lambda pair: pair[1].order)), faults

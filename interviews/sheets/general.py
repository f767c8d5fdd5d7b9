"""Sheets of the case bank's content: patterns that many cases share."""

from __future__ import annotations

from functools import cache
from math import ceil

from casebank import sheets
from interviews.sheets.draw import drawing
from interviews.sheets.figures import sums
from interviews.sheets.sheet import Block, Paragraph, Points, Section, Sheet, Table
from interviews.sheets.words import words

_SHORT = 14
# Letters in a line of the narrowest column that a page is given, and between two cells of a table.
_LETTERS, _BETWEEN = 42, 2


@cache
def general(slug: str) -> Sheet:
    """The sheet of content/sheets/<slug>.yaml; KeyError where there is none."""
    found = sheets.load()[slug]
    picture = drawing(found.diagram, alt=found.title, caption=found.caption)
    return Sheet(
        title=found.title,
        kind="Pattern",
        lead=words(found.lead),
        drawings=(picture,) if picture else (),
        uneven=True,
        sections=tuple(Section(one.title, _blocks(one)) for one in found.sections),
    )


def _blocks(section: sheets.Section) -> tuple[Block, ...]:
    found: list[Block] = []
    if section.text:
        found.append(Paragraph(words(section.text)))
    if section.table:
        found.append(_table(section.table))
    if section.sums:
        found.append(sums([one.model_dump() for one in section.sums]))
    if section.points:
        found.append(Points(tuple(map(words, section.points))))
    if section.steps:
        found.append(Points(tuple(map(words, section.steps)), "number"))
    return tuple(found)


def _table(table: sheets.Table) -> Table:
    """Columns of sentences share the width by their longest entries; short ones and numbers take what they need."""
    columns = list(zip(table.columns, *table.rows, strict=True))
    longest = [max(map(len, column)) for column in columns]
    widths = tuple(
        min(long, 40) if align == "l" and long > _SHORT else 0
        for long, align in zip(longest, table.align, strict=True)
    )
    widths = _with_room_for_words(widths, table, longest)
    rows = tuple(tuple(map(words, row)) for row in table.rows)
    return Table(tuple(map(words, table.columns)), rows, table.align, widths)


def _with_room_for_words(widths: tuple[int, ...], table: sheets.Table, longest: list[int]) -> tuple[int, ...]:
    """Wide enough, in the narrowest column of a page, that no word runs into the next cell."""
    room = _LETTERS - sum(long for long, wide in zip(longest, widths, strict=True) if not wide)
    cells = zip(table.columns, *table.rows, strict=True)
    words_of = [max(len(word) for cell in column for word in cell.split()) + _BETWEEN for column in cells]
    found = list(widths)
    for column, wide in enumerate(widths):
        if wide:
            found[column] = max(wide, ceil(words_of[column] * sum(found) / max(room, 1)))
    return tuple(found)

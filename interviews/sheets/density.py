"""How small a page must be printed by a browser, which cannot try sizes as the typesetter does."""

from __future__ import annotations

from typing import Literal

from interviews.sheets.sheet import Block, Sheet

Density = Literal["", "dense", "denser"]
# Letters on a page, and the style that still fits it on one sheet of paper in the widest of the usual fonts.
_STEPS: tuple[tuple[int, Density], ...] = ((4_600, "denser"), (3_000, "dense"))
# A row takes room for its lines, however little stands in it.
_ROW = 30


def density(sheet: Sheet) -> Density:
    """The class of the page's styles in print."""
    letters = sum(_letters(block) for section in sheet.sections for block in section.blocks)
    return next((name for least, name in _STEPS if letters >= least), "")


def _letters(block: Block) -> int:
    rows = 0
    if block.kind == "paragraph":
        lines = [block.words]
    elif block.kind == "points":
        lines = list(block.items)
    else:
        rows, lines = len(block.rows), [cell for row in block.rows for cell in row]
    return rows * _ROW + sum(len(span.text) for line in lines for span in line)

"""A report as PDF, set in the same process of its own as cheat sheets are (docs/adr/0008)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from interviews.charts.pace import WIDE, Pace, in_words
from interviews.papers.blocks import blocks
from interviews.papers.paper import Paper
from interviews.papers.words import CLOSED, MARKS, PHASE, WORKED, counted, phases
from interviews.sheets.pdf import NotSet, mark, ratio_of, set_in_a_process

__all__ = ["NotSet", "typeset"]

# A run of letters that is longer than this may be broken anywhere; in a table with many columns earlier.
_LONG = 28
# The same in large type and in a narrow column.
_NARROW = 20
_BREAK = "\u200b"
MAX_BYTES = 8_000_000


def typeset(paper: Paper) -> bytes:
    """The PDF, of A4 pages; NotSet if it takes too long or grows too large."""
    return set_in_a_process("report", data(paper), most=MAX_BYTES)


def data(paper: Paper) -> str:
    """What the typesetter is given: text as data."""
    made: dict[str, Any] = _broken(asdict(paper) | {"board": ""}, _LONG)
    for note, shown in zip(paper.notes, made["notes"], strict=True):
        shown["blocks"] = [_block(asdict(block)) for block in blocks(note.text)]
        del shown["text"]
    for asked, told in zip(paper.asked, made["asked"], strict=True):
        told["counts"] = counted(asked.counts)
    made["pace"] = _pace(paper.pace) if paper.pace else None
    made["title"] = _broken(paper.title, _NARROW)
    made["words"] = {"closed": CLOSED, "marks": MARKS}
    made |= {"board": paper.board, "ratio": ratio_of(paper.board), "mark": mark()}
    return json.dumps(made, ensure_ascii=False)


def _pace(pace: Pace) -> dict[str, Any]:
    """The rows of the table, and for each the widths of its bars, planned and worked, as shares of the whole."""
    rows = _broken(phases(pace), _NARROW)
    bars = [(bar.due / WIDE, bar.done / WIDE) for bar in pace.bars]
    return {"says": in_words(pace), "head": PHASE, "rows": rows, "bars": bars, "worked": WORKED}


def _block(block: dict[str, Any]) -> Any:
    columns = len(block.get("head", ()))
    return _broken(block, max(6, _LONG - 4 * columns) if columns > 2 else _LONG)


def _broken(value: Any, long: int) -> Any:
    """The same values, with places in long words at which a line may end."""
    if isinstance(value, str):
        return re.sub(rf"\S{{{long}}}(?=\S)", lambda run: run[0] + _BREAK, value)
    if isinstance(value, Mapping):
        return {key: one if key in ("kind", "href") else _broken(one, long) for key, one in value.items()}
    if isinstance(value, Iterable):
        return [_broken(one, long) for one in value]
    return value

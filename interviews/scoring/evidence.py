"""Where a level was earned: words in the notes, or elements of the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NoteSpan:
    """Words in a step's notes: `text[start:end] == quote`, offsets in characters."""

    step: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class BoardRef:
    """Elements of the board, and what is written on them ("a -> b" for an arrow without a label)."""

    elements: tuple[str, ...]
    quote: str


Evidence = NoteSpan | BoardRef


def as_stored(piece: Evidence) -> dict[str, Any]:
    """The JSON form that an ItemScore keeps."""
    if isinstance(piece, BoardRef):
        return {"where": "board", "elements": list(piece.elements), "quote": piece.quote}
    return {"where": piece.step, "start": piece.start, "end": piece.end, "quote": piece.quote}


def as_printed(piece: Evidence) -> dict[str, str]:
    """The form of sample files: where it stands ("diagram" for the board) and the quotation."""
    return {"where": "diagram" if isinstance(piece, BoardRef) else piece.step, "quote": piece.quote}

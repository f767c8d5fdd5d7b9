"""Times in somebody's notes, like [12:34], that lead into the replay. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STAMP = re.compile(r"\[(\d{1,3}):([0-5]\d)\]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text; `second` since the session's start where it is a time."""

    text: str
    second: int | None = None


def pieces(text: str) -> Iterator[Piece]:
    """The text in its order, every time in it a piece of its own."""
    end = 0
    for stamp in _STAMP.finditer(text):
        if stamp.start() > end:
            yield Piece(text[end : stamp.start()])
        yield Piece(stamp[0], int(stamp[1]) * 60 + int(stamp[2]))
        end = stamp.end()
    if end < len(text):
        yield Piece(text[end:])

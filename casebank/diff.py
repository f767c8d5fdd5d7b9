"""What changed between two texts, line by line. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

CONTEXT = 3
# Beyond it, comparing costs more than anybody reads.
MAX_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either text; `old` and `new` are its numbers there, from 1. A gap stands for equal lines left out."""

    kind: Literal["same", "gone", "new", "gap"]
    text: str = ""
    old: int | None = None
    new: int | None = None


def diff(old: str, new: str) -> list[Line]:
    """The changed lines with some around them; empty if nothing changed. ValueError for texts of too many lines."""
    before, after = old.splitlines(), new.splitlines()
    if len(before) + len(after) > MAX_LINES:
        raise ValueError("These texts have too many lines to compare.")
    groups = SequenceMatcher(None, before, after).get_grouped_opcodes(CONTEXT)
    made: list[Line] = []
    for group in groups:
        if made or group[0][1] > 0:
            made.append(Line("gap"))
        for tag, a, b, c, d in group:
            made += _lines(tag, before, after, (a, b), (c, d))
    return made


def _lines(
    tag: str, before: list[str], after: list[str], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[Line]:
    if tag == "equal":
        for i, j in zip(range(*old), range(*new), strict=True):
            yield Line("same", before[i], i + 1, j + 1)
        return
    for i in range(*old):
        yield Line("gone", before[i], old=i + 1)
    for j in range(*new):
        yield Line("new", after[j], new=j + 1)

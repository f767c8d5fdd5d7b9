"""What one save changed in a note, as one splice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Splice:
    """`removed` characters (code points) at `start` gave way to `inserted`."""

    start: int
    removed: int
    inserted: str


def splice(before: str, after: str) -> Splice:
    """The smallest single splice that leads from one text to the other."""
    start = _shared(before, after)
    # The end may not reach into the common beginning: "aa" to "a" removes one character, not two.
    room = min(len(before), len(after)) - start
    end = _shared(before[::-1][:room], after[::-1][:room])
    return Splice(start, len(before) - start - end, after[start : len(after) - end])


def apply(text: str, changes: Iterable[Splice]) -> str:
    """The text after the changes, in their order; ValueError where one does not fit the text before it."""
    for change in changes:
        end = change.start + change.removed
        if end > len(text):
            raise ValueError(f"A splice up to {end} does not fit a text of {len(text)} characters.")
        text = text[: change.start] + change.inserted + text[end:]
    return text


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )

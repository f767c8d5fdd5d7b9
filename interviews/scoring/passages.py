"""A submission as the encoder reads it: passages of word pieces, each field's segments in order.

A piece knows its segment, and whether it belongs to a word of the case; so what is learned of one case holds for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import wordpiece, words
from .segments import BOARD, Segment
from .submission import STEPS

FIELDS = (*STEPS, BOARD)
# What attention spans at once; a field of usual length is one passage.
LONGEST = 254
MOST_PER_SEGMENT = 200
# More than anybody writes in an interview; what stands behind is not judged. It bounds the time for one submission.
MOST_PER_FIELD = 4_000
NO_SEGMENT = -1


@dataclass(frozen=True, slots=True)
class Passage:
    """At most LONGEST pieces of one field: their numbers, 1 where a piece is the case's own, and their segments
    (NO_SEGMENT for the first piece, which is the encoder's start sign)."""

    field: int
    pieces: tuple[int, ...]
    own: tuple[int, ...]
    segments: tuple[int, ...]


def of(segments: Sequence[Segment], counts: Sequence[bool], own: frozenset[str]) -> list[Passage]:
    """Passages of all segments that count. `own` are stems of the case's words."""
    found = []
    for number, field in enumerate(FIELDS):
        mine = [i for i, segment in enumerate(segments) if segment.where == field and counts[i]]
        found += _of_field(number, [(i, *_read(segments[i], own)) for i in mine])
    return found


def text_of(segment: Segment) -> str:
    """How a segment is put to the encoder: what is drawn says what it is."""
    if segment.kind == "arrow":
        return f"arrow: {segment.ends[0]} -> {segment.ends[1]} : {segment.text}"
    if segment.kind == "part":
        return f"part: {segment.text}" if segment.linked else f"part: {segment.text} (loose)"
    return f"area: {segment.text}" if segment.kind == "frame" else segment.text


def _read(segment: Segment, own: frozenset[str]) -> tuple[list[int], list[int]]:
    numbers: list[int] = []
    flags: list[int] = []
    for word, found in wordpiece.pieces(text_of(segment)):
        numbers += found
        flags += [int(words.stem(word) in own)] * len(found)
        if len(numbers) >= MOST_PER_SEGMENT:
            break
    return numbers[:MOST_PER_SEGMENT], flags[:MOST_PER_SEGMENT]


def _of_field(field: int, read: Sequence[tuple[int, list[int], list[int]]]) -> list[Passage]:
    found: list[Passage] = []
    pieces, own, owners, total = [wordpiece.START], [0], [NO_SEGMENT], 0
    for index, numbers, flags in read:
        total += len(numbers)
        if total > MOST_PER_FIELD:
            break
        if len(pieces) + len(numbers) + 1 > LONGEST:
            found.append(Passage(field, tuple(pieces), tuple(own), tuple(owners)))
            pieces, own, owners = [wordpiece.START], [0], [NO_SEGMENT]
        pieces += [*numbers, wordpiece.END]
        own += [*flags, 0]
        owners += [index] * (len(numbers) + 1)
    if len(pieces) > 1:
        found.append(Passage(field, tuple(pieces), tuple(own), tuple(owners)))
    return found

"""Whether a scorer's quotations are the words that people marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from interviews.scoring.evidence import BoardRef, Evidence
from interviews.scoring.sheet import ItemScore

from .labels import BOARD, Mark, Sample


@dataclass(slots=True)
class Tally:
    """What was counted: one entry of `shown` per item with a level above 0, one of `quoted` per quotation, one of
    `marked` per mark, one of `earned` per item that people gave a level above 0; true where the two sides meet."""

    shown: list[bool] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    marked: list[bool] = field(default_factory=list)
    earned: list[bool] = field(default_factory=list)


def tally(samples: Sequence[Sample], sheets: Sequence[Mapping[str, ItemScore]]) -> Tally:
    """Counts over all samples that have marks."""
    counts = Tally()
    for sample, sheet in zip(samples, sheets, strict=True):
        if sample.marks is None:
            continue
        for item in sample.levels:
            marks, score = sample.marks.get(item, ()), sheet[item]
            right = [any(meet(piece, mark) for mark in marks) for piece in score.evidence]
            if score.level:
                counts.shown.append(any(right))
                counts.quoted += right
            quoted = score.evidence if score.level else ()
            counts.marked += [any(meet(piece, mark) for piece in quoted) for mark in marks]
            if marks:
                counts.earned.append(bool(score.level) and any(right))
    return counts


def meet(piece: Evidence, mark: Mark) -> bool:
    """Whether a quotation shares a character, or an element of the board, with a mark."""
    if isinstance(piece, BoardRef):
        return mark.where == BOARD and bool(mark.elements & set(piece.elements))
    return mark.where == piece.step and any(
        start < piece.end and piece.start < end for start, end in mark.spans
    )


def stands_only_in(marks: Sequence[Mark]) -> str | None:
    """The one step (or "diagram") where all marks of an item stand; None where there are none, or several places."""
    places = {mark.where for mark in marks}
    return next(iter(places)) if len(places) == 1 else None

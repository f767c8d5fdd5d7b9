"""One submission, read once: its segments, what guards say of them, and the signs in each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import drawn, guards, lexicon, passages, relevance, segments, words
from .drawn import Drawn
from .guards import Guards
from .segments import BOARD, Segment
from .submission import STEPS, Submission

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_NUMBER = re.compile(r"\d[\d.,]*")
SIGNS = ("words", "numbers", "own", "reason", "compare", "remedy", "meta", "wrong", "linking", "commas")


@dataclass(frozen=True, slots=True)
class Reading:
    """n segments in order. `counts` n: no guard took it out; `own`: stems of the case's words; `signs` n x SIGNS;
    `wrong`: {item: segments that claim something wrong for it}; `lists`: is it a bare list."""

    segments: tuple[Segment, ...]
    guards: Guards
    counts: Bools
    own: frozenset[str]
    signs: Floats
    wrong: Mapping[str, frozenset[int]]
    lists: tuple[bool, ...]
    drawn: Drawn

    def allowed(self, items: Sequence[str]) -> Bools:
        """Segments x items: False where a guard, or the item's nature, says that a segment cannot be its evidence."""
        about_board = np.array([item.startswith("board.") for item in items], dtype=bool)
        allowed = np.ones((len(self.segments), len(items)), dtype=bool)
        for i, segment in enumerate(self.segments):
            if self.guards.reasons[i]:
                allowed[i] = [self.guards.allows(i, item) for item in items]
            if segment.where != BOARD:
                allowed[i] &= ~about_board
        return allowed


def read(submission: Submission, checklist: Sequence[str]) -> Reading:
    """Everything that later stages ask about a submission."""
    pieces = [
        piece for step in STEPS for piece in segments.of_field(step, submission.notes.get(step, ""))
    ] + segments.of_board(submission.graph)
    own = relevance.own_words(submission.case)
    texts = [passages.text_of(piece) for piece in pieces]
    wrong = _wrong(pieces, texts)
    spoiled = set().union(*wrong.values()) if wrong else set()
    found = guards.inspect(pieces, checklist, submission.case.facts)
    return Reading(
        segments=tuple(pieces),
        guards=found,
        counts=np.array([reason in guards.STILL_READ for reason in found.reasons], dtype=bool),
        own=own,
        signs=np.array([_signs(text, own, i in spoiled) for i, text in enumerate(texts)]).reshape(
            -1, len(SIGNS)
        ),
        wrong=wrong,
        lists=tuple(guards.is_dump(piece.text, guards.LIST_PARTS) for piece in pieces),
        drawn=drawn.inspect(submission.graph),
    )


def _wrong(pieces: Sequence[Segment], texts: Sequence[str]) -> dict[str, frozenset[int]]:
    wrong: dict[str, set[int]] = {}
    for index, text in enumerate(texts):
        if pieces[index].where == BOARD:
            continue
        for items, pattern in lexicon.load().wrong:
            if pattern.search(text):
                for item in items:
                    wrong.setdefault(item, set()).add(index)
    return {item: frozenset(found) for item, found in wrong.items()}


def _signs(text: str, own: frozenset[str], spoiled: bool) -> tuple[float, ...]:
    """The values of SIGNS for one text."""
    known = words.tokens(text)
    signs = lexicon.load().signs
    counts = [len(signs[name].findall(text[:2_000])) for name in ("reason", "compare", "remedy", "meta")]
    return (
        float(len(known)),
        float(len(_NUMBER.findall(text))),
        float(sum(words.stem(word) in own for word in known)),
        *map(float, counts),
        float(spoiled),
        sum(word in words.STOP for word in known) / max(1, len(known)),
        text.count(",") / max(1, len(known)),
    )

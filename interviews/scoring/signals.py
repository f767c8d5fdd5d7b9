"""What the finder knows of each segment: the encoder's states of its pieces, its words, its place and its case.

Training and scoring read submissions through this module, so that neither sees what the other does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import passages, wordpiece, words
from .encoder import WIDTH, Encoder
from .passages import Passage
from .reading import Reading
from .segments import BOARD
from .submission import CaseTerms

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
KINDS = ("sentence", "part", "arrow", "frame", "remark")
EXTRA = 8
# How many segments to either side tell whether a stretch of text is about the case.
SPAN = 4
_CASE_PIECES = 200


@dataclass(frozen=True, slots=True)
class Signals:
    """For n segments of which p pieces were read: `states` p x WIDTH, `own` p (1 where the piece is the case's) and
    `owners` p (the segment of each piece); `means` n x WIDTH; `fields`, `kinds`, `before`, `behind` n (the
    neighbour's index, -1 for none); `extra` n x EXTRA; `terms` the words of each segment."""

    states: Floats
    own: Floats
    owners: Ints
    means: Floats
    fields: Ints
    kinds: Ints
    before: Ints
    behind: Ints
    extra: Floats
    terms: tuple[tuple[str, ...], ...]


def of(reading: Reading, case: CaseTerms, encoder: Encoder) -> Signals:
    """The signals of all segments; those that a guard took out have no states."""
    read = passages.of(reading.segments, reading.counts.tolist(), reading.own)
    *states, about = encoder.states([*read, words_of(case)])
    pieces = [np.array(passage.segments) >= 0 for passage in read]
    joined = np.concatenate(
        [np.zeros((0, WIDTH), np.float32), *(s[m] for s, m in zip(states, pieces, strict=True))]
    )
    return assemble(reading, joined, *owned(read), about.mean(axis=0))


def owned(read: Sequence[Passage]) -> tuple[Floats, Ints]:
    """For the pieces of all passages, start signs apart: 1 where a piece is the case's own, and its segment."""
    found = [pair for p in read for pair in zip(p.own, p.segments, strict=True) if pair[1] >= 0]
    return (
        np.array([own for own, _ in found], dtype=np.float32),
        np.array([segment for _, segment in found], dtype=np.int64),
    )


def assemble(reading: Reading, states: Floats, own: Floats, owners: Ints, about: Floats) -> Signals:
    """Signals from the states of all pieces; `about` is the mean state of the case's own words."""
    n = len(reading.segments)
    count = np.bincount(owners, minlength=n).astype(np.float32)
    means = np.zeros((n, WIDTH), np.float32)
    np.add.at(means, owners, states)
    means /= np.maximum(count, 1)[:, None]
    owned = np.bincount(owners, weights=own, minlength=n).astype(np.float32)
    before, behind = _neighbours(reading)
    return Signals(
        states,
        own,
        owners,
        means,
        np.array([passages.FIELDS.index(s.where) for s in reading.segments], dtype=np.int64),
        np.array([KINDS.index(s.kind) for s in reading.segments], dtype=np.int64),
        before,
        behind,
        _extra(reading, means, count, owned, about),
        tuple(terms(reading, i) for i in range(n)),
    )


def terms(reading: Reading, index: int) -> tuple[str, ...]:
    """The words of one segment and of the heading above it."""
    segment = reading.segments[index]
    heading = (f"h:{term}" for term in words.terms(segment.heading, reading.own))
    return (*words.terms(passages.text_of(segment), reading.own), *heading)


def words_of(case: CaseTerms) -> Passage:
    """The case's own words as one passage."""
    text = " ".join([case.slug.replace("-", " "), *case.entities])
    numbers = [number for _, found in wordpiece.pieces(text) for number in found][: _CASE_PIECES - 1]
    pieces = (wordpiece.START, *numbers, wordpiece.END)
    return Passage(0, pieces, (0,) * len(pieces), (0,) * len(pieces))


def _neighbours(reading: Reading) -> tuple[Ints, Ints]:
    """The segments before and behind in the same field; what is drawn stands in no order."""
    where = [segment.where for segment in reading.segments]
    n = len(where)

    def at(i: int, j: int) -> int:
        return j if 0 <= j < n and where[i] == where[j] != BOARD else -1

    return (
        np.array([at(i, i - 1) for i in range(n)], dtype=np.int64),
        np.array([at(i, i + 1) for i in range(n)], dtype=np.int64),
    )


def _extra(reading: Reading, means: Floats, count: Floats, owned: Floats, about: Floats) -> Floats:
    """Figures, case words, length, connection, list; and how near the segment and the stretch around it are to
    the case."""
    n = len(count)
    around, share = np.zeros_like(means), np.zeros(n, np.float32)
    for field in {segment.where for segment in reading.segments}:
        mine = [i for i in range(n) if reading.segments[i].where == field]
        for k, i in enumerate(mine):
            near = mine[max(0, k - SPAN) : k + SPAN + 1]
            around[i] = means[near].mean(axis=0)
            share[i] = owned[near].sum() / max(1, count[near].sum())
    figures = [float(any(c.isdigit() for c in segment.text)) for segment in reading.segments]
    linked = [float(segment.linked) for segment in reading.segments]
    columns: Sequence[Any] = (
        figures,
        np.log1p(owned),
        np.log1p(count) / 3,
        linked,
        [float(one) for one in reading.lists],
        2 * _cosines(means, about),
        2 * _cosines(around, about),
        5 * share,
    )
    return np.column_stack(columns).astype(np.float32).reshape(n, EXTRA)


def _cosines(rows: Floats, one: Floats) -> Floats:
    length = np.maximum(np.linalg.norm(rows, axis=1), 1e-6) * max(float(np.linalg.norm(one)), 1e-6)
    result: Floats = rows @ one / length
    return result

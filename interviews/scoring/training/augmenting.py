"""Changed copies of examples, whose levels follow from the marks: what is not there earns nothing.

They teach the networks that a level comes from its evidence and nowhere else, and that another case's answer can
name things but applies nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np

from interviews.scoring import passages, relevance, signals
from interviews.scoring.guards import Guards
from interviews.scoring.passages import FIELDS
from interviews.scoring.submission import STEPS

from .examples import AT_MOST_NAMED, UNKNOWN, Bools, Example, Floats

# The share of examples that carry parts of another case's answer, and that are handed in for another case.
INSERTED, SWAPPED = 0.15, 0.06
# The shares that lose one field, several fields, all evidence of some items, or single segments.
ONE_FIELD, MORE_FIELDS, EVIDENCE, SEGMENTS = 0.25, 0.10, 0.15, 0.10
_ITEMS_LOST = 12
_SEGMENTS_LOST = 0.2
# Answers to another case already: what they would be for a third one, nobody knows.
FOREIGN_PROFILE = "recycler"


def changed(example: Example, others: Sequence[Example], random: Random) -> Example:
    """The example, or with some chance a changed copy; `others` lend parts and cases."""
    draw = random.random()
    if draw < INSERTED + SWAPPED:
        donor = random.choice(others)
        if donor.case != example.case:
            if draw < INSERTED:
                example = inserted(example, donor, random)
            elif example.sample.profile != FOREIGN_PROFILE:
                example = swapped(example, donor)
    return dropped(example, lost(example, random))


def dropped(example: Example, gone: Bools) -> Example:
    """Without the segments in `gone` (n). An item that loses all that was marked for it is 0; one that loses a part
    has a level that nobody knows."""
    if not gone.any():
        return example
    marked = example.marked > 0
    had, left = marked.sum(axis=0), (marked & ~gone[:, None]).sum(axis=0)
    partly = (left < had) & (example.levels != AT_MOST_NAMED)
    levels = np.where((had > 0) & (left == 0), 0, np.where(partly, UNKNOWN, example.levels))
    return replace(example, counts=example.counts & ~gone, levels=levels)


def lost(example: Example, random: Random) -> Bools:
    """Which segments a copy loses (n); often none."""
    where = np.array([segment.where for segment in example.reading.segments], dtype=object)
    draw = random.random()
    if draw < ONE_FIELD:
        return np.isin(where, [random.choice(FIELDS)])
    if draw < (edge := ONE_FIELD + MORE_FIELDS):
        return np.isin(where, random.sample(FIELDS, random.randint(2, 5)))
    if draw < (edge := edge + EVIDENCE):
        items = random.sample(range(example.marked.shape[1]), _ITEMS_LOST)
        return np.asarray(example.marked[:, items].sum(axis=1) > 0)
    if draw < edge + SEGMENTS:
        return np.array([random.random() < _SEGMENTS_LOST for _ in where], dtype=bool)
    return np.zeros(len(where), dtype=bool)


def swapped(example: Example, other: Example) -> Example:
    """The same answer handed in for the case of `other`: what it shows, it can only name."""
    read = replace(example.reading, own=relevance.own_words(other.sample.submission.case))
    own, owners = signals.owned(passages.of(read.segments, read.counts.tolist(), read.own))
    return replace(
        example,
        reading=read,
        signals=signals.assemble(read, example.signals.states, own, owners, other.about),
        about=other.about,
        levels=np.where(example.levels > 0, AT_MOST_NAMED, example.levels),
        unmarked=1.0,
    )


def inserted(example: Example, donor: Example, random: Random) -> Example:
    """With fields of another case's answer behind its own; they earn nothing."""
    few = random.random() < 0.8
    fields = random.sample(STEPS, random.randint(1, 4)) if few else list(FIELDS)
    lent = [i for i, segment in enumerate(donor.reading.segments) if segment.where in fields]
    if not lent:
        return example
    mine, theirs = example.reading, donor.reading
    n = len(mine.segments)
    read = replace(
        mine,
        segments=(*mine.segments, *(theirs.segments[i] for i in lent)),
        guards=Guards((*mine.guards.reasons, *(theirs.guards.reasons[i] for i in lent))),
        counts=np.concatenate([mine.counts, theirs.counts[lent]]),
        signs=np.concatenate([mine.signs, theirs.signs[lent]]),
        lists=(*mine.lists, *(theirs.lists[i] for i in lent)),
    )
    own, owners = signals.owned(passages.of(theirs.segments, theirs.counts.tolist(), mine.own))
    kept = np.isin(owners, lent)
    moved = np.zeros(len(theirs.segments), np.int64)
    moved[lent] = np.arange(n, n + len(lent))
    seen = signals.assemble(
        read,
        np.concatenate([example.signals.states, donor.signals.states[kept]]),
        np.concatenate([example.signals.own, own[kept]]),
        np.concatenate([example.signals.owners, moved[owners[kept]]]),
        example.about,
    )
    none: Floats = np.zeros((len(lent), example.marked.shape[1]), np.float32)
    return replace(
        example,
        reading=read,
        signals=seen,
        counts=np.concatenate([example.counts, donor.counts[lent]]),
        allowed=np.concatenate([example.allowed, donor.allowed[lent]]),
        marked=np.concatenate([example.marked, none]),
        unmarked=1.0,
    )

"""Labelled answers as the trainer sees them: read and encoded by the scorer's own modules, with what was marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from casebank.checklist import Item
from interviews.scoring import reading, samples, signals
from interviews.scoring.encoder import Encoder
from interviews.scoring.evidence import BoardRef
from interviews.scoring.measuring import labels
from interviews.scoring.measuring.labels import Mark, Sample
from interviews.scoring.model import ENCODER
from interviews.scoring.reading import Reading
from interviews.scoring.segments import Segment
from interviews.scoring.signals import Signals

from . import marked

CORPUS = Path(__file__).parent / "corpus"
# In place of a level: the labels do not tell; at most 1, or nothing.
UNKNOWN, AT_MOST_NAMED = -1, -2
# The samples that the scorer is measured against are few; each of them counts for more than a corpus answer.
SAMPLE_WEIGHT = 2.5
# In the samples not every place that earns an item is marked, so what is not marked is only half sure to be none.
SAMPLE_UNMARKED, CORPUS_UNMARKED = 0.5, 1.0

Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled answer of n segments, for m items. `about` WIDTH: the mean state of the case's own words;
    `counts` n: segments that are there and that no guard took out; `allowed` n x m: what may be evidence for what;
    `marked` n x m: 1 where a segment earned an item; `levels` m: 0 to 3, UNKNOWN or AT_MOST_NAMED. `weight` is the
    example's own in the loss, `unmarked` that of a segment without a mark for an item that is shown."""

    sample: Sample
    reading: Reading
    signals: Signals
    about: Floats
    counts: Bools
    allowed: Bools
    marked: Floats
    levels: Ints
    weight: float
    unmarked: float

    @property
    def id(self) -> str:
        return self.sample.submission.id

    @property
    def case(self) -> str:
        return self.sample.submission.case.slug


def encoder() -> Encoder:
    """The scorer's own encoder. Raises OSError where its file is missing."""
    with np.load(ENCODER, allow_pickle=False) as file:
        return Encoder(dict(file))


def load_samples(folder: Path, items: Sequence[Item], encoder: Encoder) -> list[Example]:
    """All labelled samples of a folder. Raises LabelError with every bad file."""
    found = labels.load(folder, [item.id for item in items])
    return [of(sample, items, encoder, SAMPLE_WEIGHT, SAMPLE_UNMARKED) for sample in found]


def load_corpus(items: Sequence[Item], encoder: Encoder, folder: Path = CORPUS) -> list[Example]:
    """All answers of the corpus. Raises SampleError with the first bad file."""
    return [of(sample, items, encoder, 1.0, CORPUS_UNMARKED) for sample in corpus(items, folder)]


def corpus(items: Sequence[Item], folder: Path = CORPUS) -> Iterator[Sample]:
    """The corpus as labelled samples, in order of file names. Raises SampleError."""
    ids = [item.id for item in items]
    for path in samples.files(folder):
        yield labels.parse(path, marked.read(path, ids), ids)


def of(sample: Sample, items: Sequence[Item], encoder: Encoder, weight: float, unmarked: float) -> Example:
    """The example of one sample. States are kept in half precision, for they fill most of the memory."""
    ids = [item.id for item in items]
    case = sample.submission.case
    read = reading.read(sample.submission, [item.text for item in items])
    seen = signals.of(read, case, encoder)
    return Example(
        sample,
        read,
        replace(seen, states=seen.states.astype(np.float16)),
        encoder.states([signals.words_of(case)])[0].mean(axis=0),
        read.counts,
        read.allowed(ids),
        marks(read.segments, sample.marks or {}, ids),
        np.array([sample.levels[item] for item in ids], dtype=np.int64),
        weight,
        unmarked,
    )


def marks(segments: Sequence[Segment], marked: Mapping[str, Sequence[Mark]], items: Sequence[str]) -> Floats:
    """Segments x items: 1 where a segment holds what was marked for the item."""
    found = np.zeros((len(segments), len(items)), np.float32)
    for column, item in enumerate(items):
        for mark in marked.get(item, ()):
            found[[i for i, segment in enumerate(segments) if _holds(segment, mark)], column] = 1
    return found


def _holds(segment: Segment, mark: Mark) -> bool:
    """An element of the board that bears the words; or at least half of the shorter of segment and words.

    Of several places where the same words stand only the first one was meant: "CTR" may come again anywhere.
    """
    piece = segment.evidence
    if isinstance(piece, BoardRef):
        return bool(mark.elements & set(piece.elements))
    if piece.step != mark.where:
        return False
    start, end = mark.spans[0]
    overlap = min(end, piece.end) - max(start, piece.start)
    return overlap >= 0.5 * min(end - start, piece.end - piece.start)

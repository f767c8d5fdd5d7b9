"""What networks say of answers that they have not been trained on: the grader must not learn from their memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from interviews.scoring.finder import Finder, Found

from . import export, fitting
from .examples import Example
from .fitting import Said

SAMPLE_FOLDS = 5
CORPUS_FOLDS = 2


def found(
    samples: Sequence[Example], corpus: Sequence[Example], said: Said, epochs: int = fitting.EPOCHS
) -> list[Found]:
    """For the samples, then the corpus: what a network says that has not seen their kind of writer, or their set."""
    result: dict[str, Found] = {}
    for outside, inside in folds(samples, corpus):
        words = fitting.vocabulary(inside)
        weights = fitting.fit(inside, words, 0, said, epochs)
        result |= seen_by(Finder(export.arrays([weights], words)), outside)
    return [result[example.id] for example in (*samples, *corpus)]


def seen_by(finder: Finder, examples: Iterable[Example]) -> dict[str, Found]:
    """{id: what the finder says of it}."""
    return {e.id: finder.find(e.signals, e.counts, e.allowed) for e in examples}


def folds(samples: Sequence[Example], corpus: Sequence[Example]) -> list[tuple[list[Example], list[Example]]]:
    """Pairs of examples left out and examples to train on; each example is left out once."""
    profiles = parted((e.sample.profile for e in samples), SAMPLE_FOLDS)
    sets = sorted({set_of(e) for e in corpus})
    found = []
    for fold in range(SAMPLE_FOLDS):
        outside = [e for e in samples if profiles[e.sample.profile] == fold]
        found.append((outside, [e for e in samples if profiles[e.sample.profile] != fold] + list(corpus)))
    for fold in range(CORPUS_FOLDS):
        chosen = sets[fold::CORPUS_FOLDS]
        outside = [e for e in corpus if set_of(e) in chosen]
        found.append((outside, [e for e in corpus if set_of(e) not in chosen] + list(samples)))
    return [(outside, inside) for outside, inside in found if outside]


def parted(names: Iterable[str], count: int) -> dict[str, int]:
    """Each name's fold, by a fixed draw."""
    known = sorted(set(names))
    Random(1).shuffle(known)  # noqa: S311 - a fixed draw
    return {name: i % count for i, name in enumerate(known)}


def set_of(example: Example) -> str:
    """The set that a corpus answer was written in, by the beginning of its id."""
    return example.id.partition("-")[0]

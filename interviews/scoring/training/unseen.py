"""What networks say of answers that they have not been trained on: the grader must not learn from their memory."""

from __future__ import annotations

from collections.abc import Sequence

from interviews.scoring.finder import Finder, Found

from . import export, fitting, folds
from .examples import Example
from .fitting import Said


def found(
    samples: Sequence[Example], corpus: Sequence[Example], said: Said, epochs: int = fitting.EPOCHS
) -> list[Found]:
    """For the samples, then the corpus: what a network says that has not seen their kind of writer, or their set."""
    result: dict[str, Found] = {}
    for outside, inside in folds.unseen(samples, corpus):
        words = fitting.vocabulary(inside)
        finder = Finder(export.arrays([fitting.fit(inside, words, 0, said, epochs)], words))
        result |= {e.id: finder.find(e.signals, e.counts, e.allowed) for e in outside}
    return [result[example.id] for example in (*samples, *corpus)]

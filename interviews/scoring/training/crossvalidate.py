"""Figures on samples that nothing has seen: `python -m ...training.crossvalidate FOLDER case|profile|both`.

Groups of cases, of kinds of writer, or of both are left out of everything: networks, grader, corpus. What was chosen by
hand (cuts, bounds, floor, the settings of training) was chosen on samples, so expect less on new ones.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

from casebank import checklist
from interviews.scoring import scorer
from interviews.scoring.measuring import report
from interviews.scoring.model import Model

from . import examples, train, unseen
from .examples import Example

FOLDS = 5
# Both at once: this many groups of cases by as many of writers, each pair a training of its own.
FOLDS_OF_BOTH = 3

_GROUPS: dict[str, Callable[[Example], str]] = {
    "case": lambda e: e.case,
    "profile": lambda e: e.sample.profile,
}

Part = tuple[list[Example], list[Example], list[Example]]


def parts(kind: str, samples: Sequence[Example], corpus: Sequence[Example]) -> Iterator[Part]:
    """Samples to judge, samples to train on, corpus to train on; each sample is judged once."""
    groups = _GROUPS if kind == "both" else {kind: _GROUPS[kind]}
    count = FOLDS_OF_BOTH if kind == "both" else FOLDS
    axes = [(group, unseen.parted(map(group, samples), count)) for group in groups.values()]

    def inside(example: Example, chosen: tuple[int, ...]) -> list[bool]:
        return [folds.get(group(example)) == fold for (group, folds), fold in zip(axes, chosen, strict=True)]

    for chosen in product(range(count), repeat=len(axes)):
        judged = [e for e in samples if all(inside(e, chosen))]
        rest, answers = ([e for e in some if not any(inside(e, chosen))] for some in (samples, corpus))
        if judged:
            yield judged, rest, answers


def main() -> None:
    """Print the figures of `evaluate_scorer`."""
    parser = argparse.ArgumentParser(description="Figures on samples that were left out.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("kind", choices=(*_GROUPS, "both"))
    options = parser.parse_args()
    items, encoder = checklist.load().items, examples.encoder()
    samples = examples.load_samples(options.folder, items, encoder)
    corpus = examples.load_corpus(items, encoder)
    models: dict[str, Model] = {}
    for judged, inside, answers in parts(options.kind, samples, corpus):
        made = train.make(inside, answers, [item.id for item in items], train.progress)
        models |= dict.fromkeys((e.id for e in judged), made.model(encoder))
    found = report.measure(
        lambda submission: scorer.score(submission, items, trained=models[submission.id]),
        [e.sample for e in samples],
        lambda what, done, of: None,
    )
    for line in report.as_text(found):
        print(line)  # noqa: T201


if __name__ == "__main__":
    main()

"""Figures on samples that nothing has seen: `python -m ...training.crossvalidate FOLDER case|profile|both`.

Groups of cases, of kinds of writer, or of both are left out of everything: networks, grader, corpus. What was chosen by
hand (cuts, bounds, floor, the settings of training) was chosen on samples, so expect less on new ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from casebank import checklist
from interviews.scoring import scorer
from interviews.scoring.measuring import report
from interviews.scoring.model import Model

from . import examples, folds, train


def main() -> None:
    """Print the figures of `evaluate_scorer`."""
    parser = argparse.ArgumentParser(description="Figures on samples that were left out.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("kind", choices=(*folds.GROUPS, "both"))
    options = parser.parse_args()
    items, encoder = checklist.load().items, examples.encoder()
    samples = examples.load_samples(options.folder, items, encoder)
    corpus = examples.load_corpus(items, encoder)
    models: dict[str, Model] = {}
    for judged, inside, answers in folds.apart(options.kind, samples, corpus):
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

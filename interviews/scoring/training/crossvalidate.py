"""Figures on samples that the models have not seen: `python -m ...crossvalidate FOLDER case|profile`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from casebank import checklist
from interviews.scoring import relevance, scorer, verdict
from interviews.scoring.model import parse

from . import labels, measuring, train
from .labels import Sample


def run(samples: list[Sample], group: Callable[[Sample], str]) -> dict[str, float]:
    """Every group is judged by models trained on the others."""
    judged, overall, kept, gone = [], [], [], []
    for name in sorted({group(s) for s in samples}):
        inside = [s for s in samples if group(s) != name]
        model = parse(train.train(inside, tuple(inside[0].levels)))
        for sample in (s for s in samples if group(s) == name):
            foreign = relevance.is_foreign(sample.submission)
            sheet = scorer.judge(sample.reading, model, foreign=foreign)
            kept.append(sample)
            judged.append(sheet)
            overall.append(verdict.of(sheet, model.verdicts)[0])
            gone += measuring.emptied(sample, sheet, model, foreign=foreign)
    share = {"emptied field: share that falls to 0": sum(gone) / max(1, len(gone))}
    return (
        measuring.figures(kept, judged, overall)
        | share
        | {f"signed error, {profile}": error for profile, error in measuring.errors(kept, judged).items()}
    )


def main() -> None:
    """Print the figures, leaving out one case or one profile at a time."""
    samples = labels.load(Path(sys.argv[1]), [item.text for item in checklist.load().items])
    kind = sys.argv[2]
    for name, value in run(samples, lambda s: s.case if kind == "case" else s.profile).items():
        print(f"{value:7.3f}  {name}")  # noqa: T201


if __name__ == "__main__":
    main()

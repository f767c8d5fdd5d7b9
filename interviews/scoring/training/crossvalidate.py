"""Figures on samples that nothing has seen: `python -m ...training.crossvalidate FOLDER case|profile|both`.

Groups of cases, of kinds of writer, or of both are left out of everything: networks, grader, corpus. What was chosen by
hand (cuts, bounds, floor, the settings of training) was chosen on samples, so expect less on new ones.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from casebank import checklist
from interviews.scoring import scorer
from interviews.scoring.measuring import figures
from interviews.scoring.model import Model

from . import examples, folds, train


def main() -> None:
    """Print `agreement` and `evidence` as `evaluate_scorer --json` does (docs/measuring.md)."""
    parser = argparse.ArgumentParser(description="Figures on samples that were left out.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("kind", choices=(*folds.GROUPS, "both"))
    options = parser.parse_args()
    items, encoder = checklist.load().items, examples.encoder()
    samples, corpus = train.load([options.folder], items, encoder)
    models: dict[str, Model] = {}
    for outside, inside, answers in folds.apart(options.kind, samples, corpus):
        made = train.make(inside, answers, [item.id for item in items], train.progress)
        models |= dict.fromkeys((e.id for e in outside), made.model(encoder))
    judged = [e.sample for e in samples]
    sheets = [scorer.score(one.submission, items, trained=models[one.submission.id]) for one in judged]
    evidence = figures.evidence(judged, sheets)
    found = {
        "agreement": asdict(figures.agreement(judged, sheets)),
        "evidence": asdict(evidence) if evidence else None,
    }
    print(json.dumps(_rounded(found), indent=2))  # noqa: T201


def _rounded(found: dict[str, Any]) -> Any:
    """To four places; what is not defined is null."""
    return json.loads(
        json.dumps(found), parse_float=lambda figure: round(float(figure), 4), parse_constant=lambda _: None
    )


if __name__ == "__main__":
    main()

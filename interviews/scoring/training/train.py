"""Makes data/finder.npz and data/model.json: `python -m interviews.scoring.training.train FOLDER...`.

FOLDERs hold labelled samples; the corpus is added to them. Runs in an environment of its own (docs/scoring.md).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from casebank import checklist
from casebank.checklist import Item
from interviews.scoring.encoder import Encoder
from interviews.scoring.finder import Finder
from interviews.scoring.measuring.labels import LabelError
from interviews.scoring.model import FILE, FINDER, Model
from interviews.scoring.samples import SampleError
from interviews.scoring.trees import Trees

from . import calibration, chosen, examples, export, fitting, grader, unseen
from .examples import Example
from .fitting import Said

SEEDS = (0, 1, 2)
# How far the file's half precision may move the odds.
EXPORTED_WITHIN = 1e-2


@dataclass(frozen=True, slots=True)
class Made:
    """The content of both files: `finder` arrays by name, `data` as JSON."""

    finder: dict[str, Any]
    data: dict[str, Any]

    def model(self, encoder: Encoder) -> Model:
        """The model without the way over files."""
        return Model(
            items=tuple(self.data["items"]),
            usual=tuple(self.data["usual"]),
            encoder=encoder,
            finder=Finder(self.finder),
            grader=Trees(self.data["grader"]),
            floors=self.data["floors"],
            cuts=tuple(self.data["cuts"]),
            verdicts=tuple(self.data["verdicts"]),
            sure=tuple(map(tuple, self.data["sure"])),
        )

    def write(self, folder: Path) -> list[Path]:
        """Write both files, and say which."""
        finder, data = folder / FINDER.name, folder / FILE.name
        np.savez_compressed(finder, **self.finder)
        data.write_text(json.dumps(self.data), encoding="utf-8")
        return [finder, data]


def make(
    samples: Sequence[Example],
    corpus: Sequence[Example],
    items: Sequence[str],
    said: Said,
    *,
    seeds: Sequence[int] = SEEDS,
    epochs: int = fitting.EPOCHS,
) -> Made:
    """Networks from all examples; a grader from what other networks say of those that they have not seen.

    Raises RuntimeError where what was exported does not say in numpy what was fitted.
    """
    together = [*corpus, *samples]
    words = fitting.vocabulary(together)
    networks = [fitting.fit(together, words, seed, said, epochs) for seed in seeds]
    finder = export.arrays(networks, words)
    _check(finder, networks, words, samples[0])
    usual = [round(float(level), 4) for level in np.mean([e.levels for e in samples], axis=0)]
    found = unseen.found(samples, corpus, said, epochs)
    data = {
        "items": list(items),
        "usual": usual,
        "floors": chosen.FLOORS,
        "cuts": chosen.CUTS,
        "verdicts": chosen.VERDICTS,
        "grader": grader.fit(samples, corpus, found, items, usual),
        "sure": calibration.fit(samples, corpus, found, items, usual),
    }
    return Made(finder, data)


def _check(
    finder: dict[str, Any], networks: Sequence[dict[str, Any]], words: dict[str, int], example: Example
) -> None:
    """One example's odds, by torch and by the scorer."""
    wanted = np.mean([fitting.odds(weights, words, example) for weights in networks], axis=0)
    given = Finder(finder).find(example.signals, example.counts, example.allowed).odds
    if np.abs(wanted - given).max() > EXPORTED_WITHIN:
        raise RuntimeError("interviews/scoring/finder.py does not compute what network.py does")


def load(
    folders: Sequence[Path], items: Sequence[Item], encoder: Encoder
) -> tuple[list[Example], list[Example]]:
    """Samples and corpus; ends the program with what is wrong in which file."""
    try:
        samples = [e for folder in folders for e in examples.load_samples(folder, items, encoder)]
        return samples, examples.load_corpus(items, encoder)
    except (LabelError, SampleError) as error:
        sys.exit(str(error))


def progress(line: str) -> None:
    """A line on stderr."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def main() -> None:
    """Train, and write the files."""
    parser = argparse.ArgumentParser(description="Make the scorer's model again.")
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="labelled samples")
    parser.add_argument("--out", type=Path, default=FILE.parent, metavar="DIR", help="where the files go")
    options = parser.parse_args()
    items, encoder = checklist.load().items, examples.encoder()
    samples, corpus = load(options.folders, items, encoder)
    progress(f"{len(samples)} samples and {len(corpus)} answers of the corpus are read")
    for path in make(samples, corpus, [item.id for item in items], progress).write(options.out):
        progress(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

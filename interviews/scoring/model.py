"""The learned parts of the scorer, as shipped in data/."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import wordpiece
from .encoder import Encoder
from .finder import Finder
from .trees import Trees

_DATA = Path(__file__).parent / "data"
# The grader and what was chosen by hand; the finder's networks; the encoder's weights.
FILE = _DATA / "model.json"
FINDER = _DATA / "finder.npz"
ENCODER = _DATA / "encoder.npz"


class ModelMissing(RuntimeError):
    """There is no usable model file, so nothing can be scored."""


@dataclass(frozen=True, slots=True)
class Model:
    """`usual` is each item's mean level among the labelled samples; `cuts` part the levels, `verdicts` the overall;
    `sure` says how sure a level is (confidence.of). A segment below its floor is evidence for nothing; `floors` are
    that in the field of the item's own step, and elsewhere, where more is asked for."""

    items: tuple[str, ...]
    usual: tuple[float, ...]
    encoder: Encoder
    finder: Finder
    grader: Trees
    floors: tuple[float, float]
    cuts: tuple[float, ...]
    verdicts: tuple[float, ...]
    sure: tuple[tuple[float, ...], ...]


@cache
def load() -> Model:
    """The model, read once per process. Raises ModelMissing with the file and the remedy."""
    path = FILE
    try:
        data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
        path = wordpiece.VOCABULARY
        wordpiece.vocabulary()
        path = FINDER
        finder = Finder(_arrays(FINDER))
        path = ENCODER
        encoder = Encoder(_arrays(ENCODER))
        path = FILE
        return Model(
            items=tuple(data["items"]),
            usual=tuple(data["usual"]),
            encoder=encoder,
            finder=finder,
            grader=Trees(data["grader"]),
            floors=tuple(data["floors"]),
            cuts=tuple(data["cuts"]),
            verdicts=tuple(data["verdicts"]),
            sure=tuple(map(tuple, data["sure"])),
        )
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ModelMissing(
            f"{path}: the scorer's model cannot be read ({error}). Restore the file from the repository, "
            "or make it again as docs/scoring.md says."
        ) from error


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    with np.load(path, allow_pickle=False) as file:
        return dict(file)

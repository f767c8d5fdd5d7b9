"""The learned part of the scorer, as shipped in data/model.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .finder import Linear
from .trees import Trees

FILE = Path(__file__).parent / "data" / "model.json"


class ModelMissing(RuntimeError):
    """There is no usable model file, so nothing can be scored."""


@dataclass(frozen=True, slots=True)
class Model:
    """`usual` is each item's mean level among the labelled samples; `cuts` part the levels, `verdicts` the overall."""

    items: tuple[str, ...]
    usual: tuple[float, ...]
    finder: Linear
    depth: Linear
    grader: Trees
    floor: float
    cuts: tuple[float, ...]
    verdicts: tuple[float, ...]


def parse(data: Mapping[str, Any]) -> Model:
    """The model in a file's content."""
    return Model(
        items=tuple(data["items"]),
        usual=tuple(data["usual"]),
        finder=Linear(data["finder"]),
        depth=Linear(data["depth"]),
        grader=Trees(data["grader"]),
        floor=data["floor"],
        cuts=tuple(data["cuts"]),
        verdicts=tuple(data["verdicts"]),
    )


@cache
def load() -> Model:
    """The model, read once per process. Raises ModelMissing with the remedy."""
    try:
        return parse(json.loads(FILE.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelMissing(
            f"{FILE}: the scorer's model cannot be read ({error}). Restore the file from the repository, "
            "or make it again as docs/scoring.md says."
        ) from error

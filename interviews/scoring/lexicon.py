"""The lexicon: which patterns signal reasons, comparisons, remedies, denials, wrong claims or words to the grader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "data" / "lexicon.yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled patterns. `wrong` pairs the items that a wrong claim spoils with its pattern."""

    signs: Mapping[str, re.Pattern[str]]
    wrong: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]


@cache
def load() -> Lexicon:
    """The lexicon, read and compiled once per process. Raises OSError where the file is missing."""
    with FILE.open(encoding="utf-8") as file:
        data = yaml.load(file, Loader=_LOADER)  # noqa: S506 - a safe loader either way
    return Lexicon(
        signs={
            "reason": _any(data["reason"]),
            "compare": _any(data["compare"]),
            "denial": _any(data["negation"]),
            "grader": _any(data["grader"]),
            **{name: _any(patterns) for name, patterns in data["signs"].items()},
        },
        wrong=tuple((tuple(entry["items"]), re.compile(entry["pat"], re.I)) for entry in data["wrong"]),
    )


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_bounded(pattern)})" for pattern in patterns), re.I)


def _bounded(pattern: str) -> str:
    return rf"\b(?:{pattern})" if re.match(r"\w", pattern) else pattern

"""The concept lexicon: which patterns speak for which item, and which signal reasons, denials or a graded reader."""

from __future__ import annotations

import re
from bisect import bisect_right
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

    items: Mapping[str, tuple[re.Pattern[str], ...]]
    roles: Mapping[str, re.Pattern[str]]
    signs: Mapping[str, re.Pattern[str]]
    wrong: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]


@cache
def load() -> Lexicon:
    """The lexicon, read and compiled once per process. Raises OSError where the file is missing."""
    with FILE.open(encoding="utf-8") as file:
        data = yaml.load(file, Loader=_LOADER)  # noqa: S506 - a safe loader either way
    board = dict(data["board"])
    stages = board.pop("stages")
    roles = {name: _any(patterns) for name, patterns in {**board, **stages}.items()}
    return Lexicon(
        items={item: tuple(_one(p) for p in entry["pat"]) for item, entry in data["items"].items()},
        roles=roles,
        signs={
            "reason": _any(data["reason"]),
            "compare": _any(data["compare"]),
            "denial": _any(data["negation"]),
            "grader": _any(data["grader"]),
            **{name: _any(patterns) for name, patterns in data["signs"].items()},
        },
        wrong=tuple((tuple(entry["items"]), re.compile(entry["pat"], re.I)) for entry in data["wrong"]),
    )


def hits(texts: Sequence[str]) -> dict[str, dict[int, int]]:
    """How many different patterns of an item hit each text: {item: {index of text: patterns}}."""
    starts, joined = _joined(texts)
    found: dict[str, dict[int, int]] = {}
    for item, patterns in load().items.items():
        counts: dict[int, int] = {}
        for pattern in patterns:
            for index in {bisect_right(starts, hit.start()) - 1 for hit in pattern.finditer(joined)}:
                counts[index] = counts.get(index, 0) + 1
        found[item] = counts
    return found


def _joined(texts: Sequence[str]) -> tuple[list[int], str]:
    starts, position = [], 0
    flat = [text.replace("\n", " ").lower() for text in texts]
    for text in flat:
        starts.append(position)
        position += len(text) + 1
    return starts, "\n".join(flat)


def _one(pattern: str) -> re.Pattern[str]:
    return re.compile(_bounded(pattern).replace("\\s?", "[ \\t]?"), re.I)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_bounded(pattern)})" for pattern in patterns), re.I)


def _bounded(pattern: str) -> str:
    return rf"\b(?:{pattern})" if re.match(r"\w", pattern) else pattern

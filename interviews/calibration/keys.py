"""The key of a calibration session, and why: only for who has sealed their own levels of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from casebank import checklist
from interviews.calibration import works
from interviews.calibration.works import Work
from whiteboard.graph import Graph

DIAGRAM = "diagram"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that earned a level: `where` is a step of the notes, or the diagram."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """`levels` is {item: 0-3} for every item of the checklist, `evidence` what earned those above 0, the best first;
    `overall` the verdict 1-4, `judges` how many read it, `lesson` what this one teaches a rater."""

    levels: dict[str, int]
    overall: int
    judges: int
    lesson: str
    evidence: dict[str, tuple[Quote, ...]]


def read(folder: Path) -> Key:
    """The key in a folder. Raises KeyError or TypeError where it is none; `faults` says what is wrong with one."""
    data: dict[str, Any] = yaml.safe_load((folder / "key.yaml").read_text(encoding="utf-8"))
    evidence = {
        item: tuple(Quote(one["where"], str(one["quote"])) for one in quotes)
        for item, quotes in data["evidence"].items()
    }
    return Key(dict(data["levels"]), data["overall"], data["judges"], data["lesson"], evidence)


@cache
def of(slug: str) -> Key:
    """The key of one of the project's works."""
    return read(works.CONTENT / slug)


def faults(work: Work, key: Key) -> Iterator[str]:
    """What is wrong with a key: levels that are none, items too many or too few, a level without words that earned it,
    words that stand nowhere in the work."""
    known = [item.id for item in checklist.load().items]
    yield from (f"{item} has no level" for item in known if item not in key.levels)
    yield from (f"there is no item {item}" for item in {*key.levels, *key.evidence} if item not in known)
    yield from (f"{item}: {level} is no level" for item, level in key.levels.items() if level not in range(4))
    if key.overall not in range(1, 5):
        yield f"{key.overall} is no verdict"
    if not key.lesson.strip():
        yield "there is no lesson"
    for item, level in key.levels.items():
        if (level > 0) != bool(key.evidence.get(item)):
            yield f"{item}: level {level} with {len(key.evidence.get(item, ()))} quotations"
    for item, quotes in key.evidence.items():
        yield from (f"{item}: “{quote.text}” stands nowhere" for quote in quotes if not _stands(quote, work))


def _stands(quote: Quote, work: Work) -> bool:
    if quote.where == DIAGRAM:
        return quote.text in _labels(work.graph)
    return _words(quote.text) in _words(work.notes.get(quote.where, ""))


def _words(text: str) -> str:
    return " ".join(text.split())


def _labels(graph: Graph) -> set[str]:
    """Every label, and every arrow as "from -> to"."""
    names = {part.id: part.label for part in graph.parts}
    arrows = {f"{names[edge.source]} -> {names[edge.target]}" for edge in graph.edges}
    return {
        *names.values(),
        *arrows,
        *(edge.label for edge in graph.edges),
        *(one.name for one in graph.frames),
    }

"""Labelled submissions: the levels that people gave, and the words and elements they marked for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviews.scoring import samples
from interviews.scoring.samples import SampleError
from interviews.scoring.submission import STEPS, Submission
from whiteboard.graph import Graph

BOARD = "diagram"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that earned an item. In the notes: `spans`, offsets in `notes[where]`, one for each place where the
    words stand; on the board (`where` is "diagram"): `elements`, the ids of all elements that bear them."""

    where: str
    quote: str
    spans: tuple[tuple[int, int], ...] = ()
    elements: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled submission. `levels` has every item of the checklist, in its order; `overall` is 1 to 4;
    `marks` is None where the file has no evidence, and else has an entry for each item with a level above 0."""

    submission: Submission
    profile: str
    levels: Mapping[str, int]
    overall: int
    marks: Mapping[str, tuple[Mark, ...]] | None


class LabelError(ValueError):
    """Files that cannot be measured: one line for each, with file, key and reason."""

    def __init__(self, faults: Sequence[SampleError]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def load(folder: Path, items: Sequence[str]) -> list[Sample]:
    """All labelled samples of a folder (or one file), in order of file names. Raises LabelError with every bad file.

    `items` are the ids of the checklist.
    """
    found, faults = [], []
    try:
        for path in samples.files(folder):
            try:
                found.append(read(path, items))
            except SampleError as error:
                faults.append(error)
    except SampleError as error:
        faults.append(error)
    if faults:
        raise LabelError(faults)
    return found


def read(path: Path, items: Sequence[str]) -> Sample:
    """The labelled sample of one file. Raises SampleError, also where the labels are not whole."""
    return parse(path, samples.load(path), items)


def parse(path: Path, data: dict[Any, Any], items: Sequence[str]) -> Sample:
    """The labelled sample of a file's mapping. Raises SampleError, which names the file."""
    submission = samples.parse(path, data)
    levels = dict(_levels(path, data, items))
    profile = data.get("profile", "")
    if not isinstance(profile, str):
        raise SampleError(path, "profile", f"must be text, not {type(profile).__name__}")
    overall = _whole(path, "gold.overall", data["gold"].get("overall"), 1, 4)
    return Sample(submission, profile, levels, overall, _marks(path, data, submission, levels))


def _levels(path: Path, data: Mapping[Any, Any], items: Sequence[str]) -> Iterator[tuple[str, int]]:
    gold = data.get("gold")
    if gold is None:
        raise SampleError(path, "gold", "is missing: the file has no labels to measure against")
    if not isinstance(gold, dict) or not isinstance(gold.get("scores"), dict):
        raise SampleError(path, "gold.scores", "must be a mapping from item to level")
    scores = gold["scores"]
    for name in scores:
        if name not in items:
            raise SampleError(path, f"gold.scores.{str(name)[:60]}", "is no item of the checklist")
    missing = [item for item in items if item not in scores]
    if missing:
        others = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        raise SampleError(path, f"gold.scores.{missing[0]}", f"is missing{others}")
    for item in items:
        yield item, _whole(path, f"gold.scores.{item}", scores[item], 0, 3)


def _whole(path: Path, key: str, value: object, low: int, high: int) -> int:
    if value is None:
        raise SampleError(path, key, "is missing")
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise SampleError(path, key, f"must be a whole number from {low} to {high}")
    return value


def _marks(
    path: Path, data: Mapping[Any, Any], submission: Submission, levels: Mapping[str, int]
) -> dict[str, tuple[Mark, ...]] | None:
    evidence = data.get("evidence")
    if not evidence:
        return None
    if not isinstance(evidence, dict):
        raise SampleError(path, "evidence", "must be a mapping from item to a list of marks")
    marks = {}
    for item, entries in evidence.items():
        key = f"evidence.{str(item)[:60]}"
        if item not in levels:
            raise SampleError(path, key, "is no item of the checklist")
        if not isinstance(entries, list):
            raise SampleError(path, key, "must be a list of marks")
        marks[item] = tuple(_mark(path, f"{key}[{i}]", raw, submission) for i, raw in enumerate(entries))
    for item, level in levels.items():
        if level and not marks.get(item):
            raise SampleError(path, f"evidence.{item}", f"is missing, though the item has level {level}")
    return marks


def _mark(path: Path, key: str, raw: object, submission: Submission) -> Mark:
    if not isinstance(raw, dict) or not all(isinstance(raw.get(name), str) for name in ("where", "quote")):
        raise SampleError(path, key, "must have `where` and `quote`, both text")
    where, quote = raw["where"], raw["quote"]
    if where == BOARD:
        elements = on_board(submission.graph, quote)
        if not elements:
            raise SampleError(path, f"{key}.quote", "stands on no element of the diagram")
        return Mark(where, quote, elements=elements)
    if where not in STEPS:
        raise SampleError(path, f"{key}.where", f"must be a step or {BOARD!r}")
    spans = locate(submission.notes[where], quote)
    if not spans:
        raise SampleError(path, f"{key}.quote", f"does not stand in notes.{where}")
    return Mark(where, quote, spans)


def locate(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Every place where a quotation stands in a text, as offsets; any white space matches any other."""
    if not quote.strip():
        return ()
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return tuple(found.span() for found in re.finditer(pattern, text))


def on_board(graph: Graph, quote: str) -> frozenset[str]:
    """Ids of the elements that bear these words: a part, an arrow by its label or as "a -> b", a frame, a remark."""
    labels = {part.id: part.label for part in graph.parts}
    written = [(part.id, part.label) for part in graph.parts]
    written += [(frame.id, frame.name) for frame in graph.frames]
    written += [(note.id, note.text) for note in graph.notes]
    for edge in graph.edges:
        written.append((edge.id, edge.label))
        written.append((edge.id, f"{labels.get(edge.source, '')} -> {labels.get(edge.target, '')}"))
    wanted = quote.split()
    return frozenset(id for id, words in written if wanted and words.split() == wanted)

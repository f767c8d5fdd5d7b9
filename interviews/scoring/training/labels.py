"""Labelled samples: which segments earned which item, and at which level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from interviews.scoring import lexicon, reading, samples
from interviews.scoring.evidence import NoteSpan
from interviews.scoring.reading import Reading
from interviews.scoring.segments import BOARD, Segment
from interviews.scoring.submission import CaseTerms, Submission
from whiteboard.graph import Graph


@dataclass(frozen=True)
class Sample:
    """A labelled submission. `marked[item]` are the indexes of the segments that earned it."""

    submission: Submission
    case: str
    profile: str
    reading: Reading
    levels: dict[str, int]
    overall: int
    marked: dict[str, frozenset[int]]
    quotes: dict[str, list[tuple[str, str]]]


def load(folder: Path, checklist: Sequence[str]) -> list[Sample]:
    """All labelled samples of a folder, in order of their file names."""
    return [_sample(path, checklist) for path in samples.files(folder)]


def _sample(path: Path, checklist: Sequence[str]) -> Sample:
    data: dict[str, Any] = samples.load(path)
    submission = samples.parse(path, data)
    read = reading.read(submission, checklist)
    quotes = {
        item: [(entry["where"], entry["quote"]) for entry in entries]
        for item, entries in (data.get("evidence") or {}).items()
    }
    marked = {
        item: frozenset(
            i for where, quote in entries for i in matching(read.segments, submission, where, quote)
        )
        for item, entries in quotes.items()
    }
    gold = data["gold"]
    return Sample(
        submission, data["case"], data["profile"], read, gold["scores"], gold["overall"], marked, quotes
    )


def sayings(items: Sequence[str]) -> Sequence[tuple[str, Mapping[str, float]]]:
    """The lexicon's example sentences: (item, features), without a field, for they stand in none."""
    data = yaml.safe_load(lexicon.FILE.read_text(encoding="utf-8"))["items"]
    case = CaseTerms("")
    found = []
    for item in (i for i in items if i in data):
        for sentence in data[item]["say"]:
            notes = {item.split(".")[0]: sentence}
            read = reading.read(Submission("", case, notes, Graph()), [])
            features = {name: value for one in read.features for name, value in one.items()}
            found.append(
                (item, {name: value for name, value in features.items() if not name.startswith("at:")})
            )
    return found


def matching(segments: Sequence[Segment], submission: Submission, where: str, quote: str) -> list[int]:
    """Indexes of the segments that a marked quotation covers, or that cover it."""
    if where == BOARD:
        return [
            i
            for i, s in enumerate(segments)
            if s.where == BOARD and quote in (s.evidence.quote, " -> ".join(s.ends))
        ]
    span = locate(submission.notes.get(where, ""), quote)
    if span is None:
        return []
    found = []
    for i, segment in enumerate(segments):
        piece = segment.evidence
        if isinstance(piece, NoteSpan) and piece.step == where:
            overlap = min(span[1], piece.end) - max(span[0], piece.start)
            if overlap >= 0.5 * min(span[1] - span[0], piece.end - piece.start):
                found.append(i)
    return found


def locate(text: str, quote: str) -> tuple[int, int] | None:
    """Where a quotation stands in a text, line breaks read as spaces."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    found = re.search(pattern, text)
    return found.span() if found else None

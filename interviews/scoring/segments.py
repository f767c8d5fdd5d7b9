"""Cuts a submission into the pieces that can be quoted: sentences of the notes, parts and arrows of the board."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whiteboard.graph import Graph

from .evidence import BoardRef, Evidence, NoteSpan

BOARD = "diagram"
# More than anybody writes in an interview; what stands behind is not judged.
MAX_SEGMENTS_PER_FIELD = 250
MAX_SEGMENT = 600
MAX_BOARD = 800

_END = re.compile(r"(?<=[.!?])[\"')\]]?\s+(?=\S)|(?<=[.!?][\"')])\s+(?=\S)")
_SHORT = r"e\.g|i\.e|etc|vs|approx|ca|no|incl|resp|cf|fig|feat|avg|max|min|[a-z]|\d{1,2}"
_ABBREVIATION = re.compile(rf"\b(?:{_SHORT})\.$", re.I)
_BULLET = re.compile(r"\s*(?:[-*•–—>#|]+\s*|\d{1,2}[.)]\s+|[a-z]\)\s+)*")


@dataclass(frozen=True, slots=True)
class Segment:
    """One quotable piece. Pieces of one field stand in order."""

    where: str
    kind: str  # sentence, part, arrow, frame, remark
    text: str
    evidence: Evidence
    heading: str = ""
    ends: tuple[str, str] = ("", "")
    # Whether it is part of a drawn connection; a box that no arrow touches is not.
    linked: bool = True


def of_field(step: str, text: str) -> list[Segment]:
    """The sentences of one text with their exact offsets; a line break always ends a sentence."""
    found: list[Segment] = []
    heading = ""
    offset = 0
    for line in re.split(r"(?<=\n)", text):
        begin, offset = offset, offset + len(line)
        if not line.strip():
            continue
        alone = line.strip().strip("*#: \t")
        if _is_heading(line):
            heading = alone
        for start, end in _sentences(line):
            quote = line[start:end]
            span = NoteSpan(step, begin + start, begin + end, quote)
            found.append(Segment(step, "sentence", quote, span, heading if alone != heading else ""))
            if len(found) >= MAX_SEGMENTS_PER_FIELD:
                return found
    return found


def of_board(graph: Graph) -> list[Segment]:
    """Parts, arrows, frames and remarks, each with what is written on it."""
    labels = {part.id: part.label for part in graph.parts}
    touched = {end for edge in graph.edges for end in (edge.source, edge.target)}
    area = {part: frame.name for frame in graph.frames for part in frame.parts}
    found = [
        Segment(
            BOARD,
            "part",
            part.label,
            BoardRef((part.id,), part.label),
            area.get(part.id, ""),
            linked=part.id in touched,
        )
        for part in graph.parts[:MAX_BOARD]
        if part.label.strip()
    ]
    for edge in graph.edges[:MAX_BOARD]:
        ends = (labels.get(edge.source, ""), labels.get(edge.target, ""))
        quote = edge.label if edge.label.strip() else " -> ".join(ends)
        if quote.strip(" ->"):
            found.append(Segment(BOARD, "arrow", edge.label, BoardRef((edge.id,), quote), ends=ends))
    found += [
        Segment(BOARD, "frame", frame.name, BoardRef((frame.id,), frame.name), linked=False)
        for frame in graph.frames[:MAX_BOARD]
        if frame.name.strip()
    ]
    found += [
        Segment(BOARD, "remark", note.text, BoardRef((note.id,), note.text), linked=False)
        for note in graph.notes[:MAX_BOARD]
        if note.text.strip()
    ]
    return found


def _is_heading(line: str) -> bool:
    bare = line.strip()
    return len(bare) <= 60 and (
        bare.startswith("#") or bare.rstrip("* ").endswith(":") or bare.startswith("**")
    )


def _sentences(line: str) -> list[tuple[int, int]]:
    """Offsets of the sentences in one line, without bullets and surrounding space."""
    head = _BULLET.match(line)
    start = head.end() if head else 0
    cuts: list[tuple[int, int]] = []
    for gap in _END.finditer(line, start):
        before = line[start : gap.start()].rstrip("\"')")
        if _ABBREVIATION.search(before[-12:]) or (before.endswith("?") and len(before) < 60):
            continue  # a short question belongs to the answer behind it
        cuts.append((start, gap.start()))
        start = gap.end()
    cuts.append((start, len(line)))
    return [piece for cut in cuts for piece in _bounded(line, *cut)]


def _bounded(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cut without space around it, in pieces of at most MAX_SEGMENT characters."""
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    if not any(c.isalnum() for c in line[start : min(end, start + MAX_SEGMENT)]):
        return []
    pieces = []
    while end - start > MAX_SEGMENT:
        space = line.rfind(" ", start + 1, start + MAX_SEGMENT)
        middle = space if space > start else start + MAX_SEGMENT
        pieces.append((start, middle))
        start = middle + (1 if space > start else 0)
    return [*pieces, (start, end)]

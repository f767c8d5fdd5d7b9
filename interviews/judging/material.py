"""What the judge is shown of a submission, and where its quotations are looked for: notes by step, and one line for
each thing on the board. Others' annotations and the interviewer's facts are not among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebank import checklist
from whiteboard.graph import Graph

BOARD = "board"
FIELDS = tuple(dict.fromkeys(item.id.split(".")[0] for item in checklist.load().items))
STEPS = tuple(field for field in FIELDS if field != BOARD)
# Characters, of all fields together; some three to four of them are a token.
MOST = 40_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on the board: its element's id, what sort it is, and the words on it."""

    element: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Material:
    """`notes` is what is shown of each step; `unread` counts the characters that were too many to show."""

    title: str
    task: str
    notes: Mapping[str, str]
    board: tuple[Line, ...]
    unread: int = 0


def material(*, title: str, task: str, notes: Mapping[str, str], graph: Graph) -> Material:
    """Everything, or the beginning of each field where it is too much; every field keeps a fair share."""
    lines = lines_of(graph)
    drawn = sum(len(line.text) + 12 for line in lines)
    board = lines if drawn <= MOST // 4 else _first(lines, MOST // 4)
    shown = sum(len(line.text) + 12 for line in board)
    texts = {step: notes.get(step, "") for step in STEPS}
    share = _share([len(text) for text in texts.values()], MOST - shown)
    cut = {step: text[:share] for step, text in texts.items()}
    unread = sum(map(len, texts.values())) - sum(map(len, cut.values())) + drawn - shown
    return Material(title, task[:4000], cut, board, unread)


def lines_of(graph: Graph) -> tuple[Line, ...]:
    """The board in lines; an arrow reads `a -> b`, with its label behind."""
    labels = {part.id: part.label.strip() for part in graph.parts}
    found = [Line(part.id, "part", part.label.strip()) for part in graph.parts]
    for edge in graph.edges:
        ends = f"{labels.get(edge.source, '')} -> {labels.get(edge.target, '')}"
        found.append(Line(edge.id, "arrow", f"{ends}: {edge.label.strip()}" if edge.label.strip() else ends))
    found += [Line(frame.id, "area", frame.name.strip()) for frame in graph.frames]
    found += [Line(note.id, "remark", note.text.strip()) for note in graph.notes]
    return tuple(
        Line(line.element, line.kind, " ".join(line.text.split())) for line in found if line.text.strip(" ->")
    )


def _first(lines: tuple[Line, ...], most: int) -> tuple[Line, ...]:
    kept, used = [], 0
    for line in lines:
        used += len(line.text) + 12
        if used > most:
            break
        kept.append(line)
    return tuple(kept)


def _share(lengths: list[int], most: int) -> int:
    """The longest cut, the same for all fields, with which they fit: short fields leave room to long ones."""
    left, fields = most, sorted(lengths)
    for taken, length in enumerate(fields):
        if length * (len(fields) - taken) > left:
            return left // (len(fields) - taken)
        left -= length
    return max(fields, default=0)

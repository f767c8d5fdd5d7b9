"""Submissions with something taken out of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from interviews.scoring.evidence import BoardRef, Evidence
from interviews.scoring.submission import Submission
from whiteboard.graph import Graph

from .labels import BOARD, Mark

Spans = Iterable[tuple[str, int, int]]


def emptied(submission: Submission, where: str) -> Submission:
    """Without one step's text, or without the drawing (`where` is "diagram")."""
    if where == BOARD:
        return replace(submission, graph=Graph())
    return replace(submission, notes={**submission.notes, where: ""})


def without_quotations(submission: Submission, pieces: Sequence[Evidence]) -> Submission:
    """Without the words and the elements of the board that a scorer quoted."""
    spans = [(piece.step, piece.start, piece.end) for piece in pieces if not isinstance(piece, BoardRef)]
    elements = {id for piece in pieces if isinstance(piece, BoardRef) for id in piece.elements}
    return _without(submission, spans, elements)


def without_marks(submission: Submission, marks: Sequence[Mark]) -> Submission:
    """Without the words and the elements of the board that people marked, wherever they stand."""
    spans = [(mark.where, start, end) for mark in marks for start, end in mark.spans]
    return _without(submission, spans, {id for mark in marks for id in mark.elements})


def _without(submission: Submission, spans: Spans, elements: Collection[str]) -> Submission:
    notes = dict(submission.notes)
    kept = {step: bytearray(b"\1") * len(text) for step, text in notes.items()}
    for step, start, end in spans:
        kept[step][start:end] = bytes(len(kept[step][start:end]))
    notes = {
        step: "".join(c for c, keep in zip(text, kept[step], strict=True) if keep)
        for step, text in notes.items()
    }
    return replace(submission, notes=notes, graph=_graph_without(submission.graph, elements))


def _graph_without(graph: Graph, gone: Collection[str]) -> Graph:
    """An arrow goes with either of its ends."""
    return replace(
        graph,
        parts=tuple(part for part in graph.parts if part.id not in gone),
        edges=tuple(edge for edge in graph.edges if not {edge.id, edge.source, edge.target} & set(gone)),
        frames=tuple(
            replace(frame, parts=tuple(id for id in frame.parts if id not in gone))
            for frame in graph.frames
            if frame.id not in gone
        ),
        notes=tuple(note for note in graph.notes if note.id not in gone),
    )

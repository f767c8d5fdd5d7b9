"""Samples of two steps, and a scorer whose every level can be foretold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviews.scoring.evidence import BoardRef, Evidence, NoteSpan
from interviews.scoring.measuring.labels import BOARD, Mark, Sample, locate, on_board
from interviews.scoring.sheet import ItemScore, Sheet
from interviews.scoring.submission import STEPS, CaseTerms, Submission
from whiteboard.graph import Graph

ITEMS = ("clarify.goal", "deploy.monitoring", "board.online")


def sample(
    levels: Sequence[int],
    overall: int = 2,
    *,
    graph: Graph | None = None,
    marks: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    id: str = "s",
    profile: str = "plain",
    **notes: str,
) -> Sample:
    """A sample with levels for ITEMS; `marks` gives (where, quote) by item."""
    drawing = graph or Graph()
    texts = {step: notes.get(step, "") for step in STEPS}
    submission = Submission(id, CaseTerms("ad-click-prediction", ("ad", "click", "bid")), texts, drawing)
    found = None
    if marks is not None:
        found = {
            item: tuple(
                Mark(where, quote, elements=on_board(drawing, quote))
                if where == BOARD
                else Mark(where, quote, locate(texts[where], quote))
                for where, quote in some
            )
            for item, some in marks.items()
        }
    return Sample(submission, profile, dict(zip(ITEMS, levels, strict=True)), overall, found)


@dataclass(frozen=True)
class WordScorer:
    """Gives an item `level` where its word stands anywhere, quoting each place; nothing else counts."""

    words: Mapping[str, str]
    level: int = 2

    def __call__(self, submission: Submission) -> Sheet:
        items = {item: self._item(submission, self.words.get(item, "")) for item in ITEMS}
        shown = sum(score.level > 0 for score in items.values())
        return Sheet(items, 1 + shown, {}, "words-1")

    def _item(self, submission: Submission, word: str) -> ItemScore:
        evidence: list[Evidence] = [
            NoteSpan(step, start, end, text[start:end])
            for step, text in submission.notes.items()
            for start, end in locate(text, word)
        ]
        evidence += [
            BoardRef((part.id,), part.label) for part in submission.graph.parts if word and word in part.label
        ]
        return ItemScore(self.level, 0.8, tuple(evidence)) if evidence else ItemScore(0, 0.9)

"""Which of the judge's quotations count: those that stand in the submission word for word, and are an answer."""

from __future__ import annotations

import re
from typing import Any

from .material import BOARD, Material

SHORTEST = 8
LONGEST = 600

# Words to the grader are no answer to the case, whoever quotes them. Kept narrow: a design may well have a judge.
_TO_THE_GRADER = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous)\b"
    r"|\b(?:give|award|assign|grant)\b.{0,60}\b(?:full marks|full score|top marks|maximum|level (?:3|three)|points)\b"
    r"|\b(?:dear|note to(?: the)?|to the|attention,?) (?:grader|judge|evaluator|examiner|marker|reviewer|assistant)\b"
    r"|\byou are (?:now )?(?:a|an|the) (?:grader|judge|evaluator|assistant|language model|ai)\b"
    r"|\bas an ai\b|\bsystem prompt\b|\bfull marks\b|\blevel 3 for (?:all|every|each)\b"
    r"|\"level\"\s*:\s*[0-3]",
    re.I | re.S,
)


def found(where: str, text: str, material: Material) -> dict[str, Any] | None:
    """The evidence that a quotation is, as an ItemScore keeps it; None where it does not count."""
    quote = text.strip()
    if len(quote) > LONGEST or _TO_THE_GRADER.search(quote):
        return None
    if where == BOARD:
        return _on_board(quote, material)
    if len(quote) < SHORTEST or len(quote.split()) < 2:
        return None
    # A judge may misname the field; the words decide.
    for step in sorted(material.notes, key=lambda step: step != where):
        start = material.notes[step].find(quote)
        if start >= 0:
            return {"where": step, "start": start, "end": start + len(quote), "quote": quote}
    return None


def _on_board(quote: str, material: Material) -> dict[str, Any] | None:
    """A whole line, or everything on an arrow behind its ends, or its two ends."""
    for line in material.board:
        ends, _, label = line.text.partition(": ") if line.kind == "arrow" else (line.text, "", "")
        if quote in (line.text, f"[{line.kind}] {line.text}", ends, label) and len(quote) > 1:
            return {"where": BOARD, "elements": [line.element], "quote": line.text}
    return None

"""Marking quotations in a text. Pure: spans in, pieces out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation: characters `start` to `end` of the text, and the anchor that links lead to; "" for none."""

    start: int
    end: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; quoted where a span covers it. `anchors` are those of the spans that begin with it."""

    text: str
    quoted: bool
    anchors: tuple[str, ...] = ()


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text cut where a quotation begins or ends; joined, the pieces are the text. Spans may overlap;
    one that lies outside the text is left out."""
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    cuts = sorted({0, len(text), *(s.start for s in inside), *(s.end for s in inside)})
    return [
        Piece(
            text=text[start:end],
            quoted=any(s.start <= start and end <= s.end for s in inside),
            anchors=tuple(s.anchor for s in inside if s.start == start and s.anchor),
        )
        for start, end in pairwise(cuts)
    ]

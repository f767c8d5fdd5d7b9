"""Marks in a text that is shown formatted: quotations are places in the source, marks stand around what became of it.

markdown-it says of a block which lines it came from, and of what stands in a line nothing. Its words stand in the
source in their order, so each is looked for after the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from html import escape

from markdown_it.token import Token

from casebank.quoting import Span, pieces

# What markdown-it takes for the end of a line, what opens a block, and what of a link and a picture is not shown.
_LINE = re.compile(r"\r\n?|\n")
_OPENING = re.compile(r"(?:[ \t>]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+)*")
_TARGET = re.compile(r"\]\([^)\n]*\)")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
# The longest way of writing one sign, as an entity; further on it is another one.
_FURTHEST = 12


def marked(tokens: Sequence[Token], text: str, spans: Collection[Span]) -> list[Token]:
    """The tokens that were parsed from `text`, with `<mark>` around what is quoted; the first of a quotation has its
    anchor as id. An anchor whose words are not shown stands before everything."""
    if not spans:
        return list(tokens)
    marker = _Marker(text, spans)
    made = [marker.block(token) for token in tokens]
    lost = "".join(_anchor(span.anchor) for span in spans if span.anchor not in marker.placed)
    return [*([_raw(lost)] if lost else []), *made]


class _Marker:
    """Goes through the source once, beside the tokens."""

    def __init__(self, text: str, spans: Collection[Span]) -> None:
        self.text = text
        self.spans = sorted(spans, key=lambda span: span.start)
        self.placed: set[str] = set()
        self._lines = [0, *(line.end() for line in _LINE.finditer(text))]
        self._at = 0

    def block(self, token: Token) -> Token:
        if token.map and token.type in ("inline", "fence", "code_block"):
            # Cells of a table share their line: the second goes on where the first ended.
            self._enter(self._lines[token.map[0] + (token.type == "fence")])
        if token.type == "inline":
            token.children = [made for child in token.children or () for made in self._inline(child)]
        elif token.type in ("fence", "code_block"):
            lines = token.content.splitlines(keepends=True)
            return _raw(f"<pre><code>{''.join(map(self._words, lines))}</code></pre>\n", block=True)
        return token

    def _inline(self, child: Token) -> Iterable[Token]:
        if child.type == "text":
            return [_raw(self._words(child.content))]
        if child.type == "code_inline":
            return [_raw(f"<code>{self._words(child.content)}</code>")]
        if child.type == "image":
            return self._picture(child)
        if child.type in ("softbreak", "hardbreak"):
            end = _LINE.search(self.text, self._at)
            self._enter(end.end() if end else len(self.text))
        elif child.type == "link_close" and (target := _TARGET.match(self.text, self._at)):
            self._at = target.end()
        return [child]

    def _enter(self, start: int) -> None:
        """Go on at this line, behind what opens its block."""
        if start > self._at or start == 0:
            opening = _OPENING.match(self.text, start)
            self._at = opening.end() if opening else start

    def _words(self, words: str) -> str:
        """A run of words as HTML, marked."""
        places = self._find(words)
        inside = [
            Span(bisect_left(places, span.start), bisect_left(places, span.end), self._unplaced(span))
            for span in self.spans
        ]
        html: list[str] = []
        for piece in pieces(words, inside):
            self.placed.update(piece.anchors)
            first, *more = piece.anchors or ("",)
            html += map(_anchor, more)
            shown = escape(piece.text)
            html.append(f"{_mark(first)}{shown}</mark>" if piece.quoted else shown)
        return "".join(html)

    def _find(self, words: str) -> list[int]:
        """Where each sign of these words stands in the source."""
        end = _LINE.search(self.text, self._at)
        found = self.text.find(words, self._at, end.start() if end else None)
        if found >= 0:
            self._at = found + len(words)
            return list(range(found, self._at))
        places = []
        for sign in words:
            near = self.text.find(sign, self._at, self._at + _FURTHEST)
            self._at = near if near >= 0 else self._at
            places.append(self._at)
            self._at += near >= 0
        return places

    def _picture(self, child: Token) -> list[Token]:
        found = _PICTURE.search(self.text, self._at)
        if found is None:
            return [child]
        self._at = found.end()
        over = [span for span in self.spans if span.start < found.end() and found.start() < span.end]
        anchors = [anchor for span in over if (anchor := self._unplaced(span))]
        self.placed.update(anchors)
        if not over:
            return [child]
        first, *more = anchors or [""]
        return [_raw("".join(map(_anchor, more)) + _mark(first)), child, _raw("</mark>")]

    def _unplaced(self, span: Span) -> str:
        return "" if span.anchor in self.placed else span.anchor


def _mark(anchor: str) -> str:
    return f'<mark id="{escape(anchor)}">' if anchor else "<mark>"


def _anchor(anchor: str) -> str:
    return f'<span id="{escape(anchor)}"></span>'


def _raw(html: str, *, block: bool = False) -> Token:
    return Token("html_block" if block else "html_inline", "", 0, content=html)

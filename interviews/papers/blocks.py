"""Notes as plain values: what their Markdown says, without any markup, so that no writer is told to run any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

# The dialect in which notes are shown (casebank/markup.py).
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(
    ["table", "strikethrough"]
)
_MARKS = {"strong_open": "strong", "em_open": "em", "s_open": "strike"}
_WEB = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style; a line break is "\\n". `marks` are of strong, em, strike, code. `href` leads to the web."""

    text: str
    marks: tuple[str, ...] = ()
    href: str = ""


Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a heading of rank 1-6."""

    words: Words
    rank: int = 0
    kind: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class Code:
    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Inset:
    """A quotation."""

    blocks: tuple[Block, ...]
    kind: Literal["inset"] = "inset"


@dataclass(frozen=True, slots=True)
class Points:
    """A list; one that is numbered begins with `first`, any other has None."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; every row has as many cells as the head. `align` has an "l", "c" or "r" for each column."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    align: tuple[str, ...]
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Rule:
    kind: Literal["rule"] = "rule"


Block = Line | Code | Inset | Points | Grid | Rule


def blocks(text: str) -> tuple[Block, ...]:
    """What a note says. A picture in it is named, in brackets."""
    return _Reader(_markdown.parse(text.replace("\0", ""))).until("")


@dataclass(slots=True)
class _Reader:
    tokens: Sequence[Token]
    at: int = field(default=0)

    def until(self, closing: str) -> tuple[Block, ...]:
        """The blocks up to this closing token, which is read too."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self._next()
            if token.type == closing:
                break
            block = self._block(token)
            if block is not None:
                found.append(block)
        return tuple(found)

    def _block(self, token: Token) -> Block | None:
        match token.type:
            case "paragraph_open" | "heading_open":
                rank = int(token.tag[1]) if token.type == "heading_open" else 0
                words = _words(self._next())
                self._next()
                return Line(words, rank) if words else None
            case "fence" | "code_block":
                return Code(token.content.rstrip("\n"))
            case "blockquote_open":
                return Inset(self.until("blockquote_close"))
            case "bullet_list_open" | "ordered_list_open":
                return self._points(token)
            case "table_open":
                return self._grid()
            case "hr":
                return Rule()
        return None

    def _points(self, opened: Token) -> Points:
        items = []
        closing = opened.type.replace("open", "close")
        while self._next().type != closing:
            items.append(self.until("list_item_close"))
        first = int(opened.attrGet("start") or 1) if opened.type == "ordered_list_open" else None
        return Points(tuple(items), first)

    def _grid(self) -> Grid:
        rows: list[list[Words]] = []
        align: list[str] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if len(rows) == 1:
                    align.append(_side(token))
                rows[-1].append(_words(self._next()))
        head, *rest = rows
        return Grid(tuple(head), tuple(tuple(row) for row in rest), tuple(align))

    def _next(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token


def _side(token: Token) -> str:
    style = str(token.attrGet("style") or "")
    return "r" if "right" in style else "c" if "center" in style else "l"


def _words(token: Token) -> Words:
    """An inline token's words."""
    found: list[Span] = []
    marks: list[str] = []
    href = ""
    for child in token.children or ():
        if child.type in _MARKS:
            marks.append(_MARKS[child.type])
        elif child.type.endswith("_close") and child.type != "link_close":
            marks.pop()
        elif child.type == "link_open":
            to = str(child.attrGet("href") or "")
            href = to if to.startswith(_WEB) else ""
        elif child.type == "link_close":
            href = ""
        elif child.type == "image":
            found.append(Span(f"[picture{f': {child.content}' if child.content else ''}]", ("em",), href))
        elif child.type in ("softbreak", "hardbreak"):
            found.append(Span("\n"))
        elif child.type == "code_inline":
            found.append(Span(child.content, (*marks, "code"), href))
        elif child.content:
            found.append(Span(child.content, tuple(marks), href))
    return tuple(found)

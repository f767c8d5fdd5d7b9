"""Markdown as the values of a sheet. What a sheet has no form for (headings, code, tables) becomes a paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token

from interviews.sheets.sheet import Block, Marker, Paragraph, Points, Span, Style, Words

_markdown = MarkdownIt("commonmark", {"html": False})
_STYLES: dict[str, Style] = {"strong_open": "strong", "em_open": "em"}
_LISTS: dict[str, Marker] = {"bullet_list_open": "point", "ordered_list_open": "number"}


def words(text: str) -> Words:
    """One line of Markdown: **strong**, *em* and `code` are kept, links keep their words."""
    return _spans(token for outer in _markdown.parseInline(text.strip()) for token in outer.children or ())


def plain(text: str) -> Words:
    """Words as they are, without any markup."""
    return (Span(text),)


def blocks(text: str) -> tuple[Block, ...]:
    """A text of several paragraphs and lists; lists in lists are joined to their outermost one."""
    found: list[Block] = []
    items: list[Words] = []
    marker: Marker = "point"
    depth = 0
    for token in _markdown.parse(text):
        if token.type in _LISTS:
            marker, depth = (_LISTS[token.type], 1) if not depth else (marker, depth + 1)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if not depth:
                found.append(Points(tuple(items), marker))
                items = []
        elif token.type == "inline":
            said = _spans(token.children or ())
            if depth:
                items.append(said)
            else:
                found.append(Paragraph(said))
        elif token.type in ("fence", "code_block"):
            found.append(Paragraph((Span(token.content.strip(), "code"),)))
    return tuple(found)


def _spans(tokens: Iterable[Token]) -> Words:
    found: list[Span] = []
    styles: list[Style] = []
    for token in tokens:
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type in ("strong_close", "em_close"):
            styles.pop()
        elif token.type == "code_inline":
            found.append(Span(token.content, "code"))
        elif token.type in ("softbreak", "hardbreak"):
            found.append(Span(" ", styles[-1] if styles else ""))
        elif token.content:
            found.append(Span(token.content, styles[-1] if styles else ""))
    return tuple(found)

"""Markdown to HTML that is safe to show: rendered without raw HTML, then cleaned by an allow-list."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from casebank.marking import marked
from casebank.quoting import Span


def _parser(*, breaks: bool) -> MarkdownIt:
    options = {"html": False, "linkify": False, "breaks": breaks}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])


_PARSERS = {breaks: _parser(breaks=breaks) for breaks in (False, True)}
# What is left of the frame of a table where a row is quoted.
_CELL = re.compile(r"^\| | \|$")
_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "img",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
}


def render(
    text: str,
    *,
    breaks: bool = False,
    pictures: Mapping[str, str] | None = None,
    quoted: Collection[Span] = (),
    top: int = 1,
) -> SafeString:
    """The text as HTML of a few harmless tags; links only to http, https and mailto. With `breaks`, a line break is
    kept as one. `pictures` is {what the text may name as a picture: its address}; of any other the words are left.
    `quoted` are marked where their words stand, and each has its anchor. A heading of the first rank is of rank
    `top`."""
    parser = _PARSERS[breaks]
    tokens = marked(parser.parse(text), text, quoted)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + top - 1, 6)}"
        if token.children:
            token.children = [_shown(child, pictures or {}) for child in token.children]
    html = parser.renderer.render(tokens, parser.options, {})
    attributes = {"a": {"href"}, "img": {"src", "alt"}, "mark": {"id"}, "span": {"id"}}
    # Raw HTML is text to the parser, so that these two are ours.
    tags = _TAGS | ({"mark", "span"} if quoted else set())
    clean = nh3.clean(html, tags=tags, attributes=attributes, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)


def plain(text: str) -> str:
    """A quotation of such a text without its signs, on one line; what is cut in two keeps them."""
    inline = _PARSERS[True].parseInline(text)
    words = (child.content or " " for token in inline for child in token.children or () if _says(child))
    return _CELL.sub("", " ".join("".join(words).split()))


def _says(token: Token) -> bool:
    return bool(token.content) or token.type in ("softbreak", "hardbreak")


def _shown(token: Token, pictures: Mapping[str, str]) -> Token:
    """A picture with its own address; one that is not known as its words."""
    if token.type != "image":
        return token
    address = pictures.get(str(token.attrGet("src")))
    if address is None:
        return Token("text", "", 0, content=token.content)
    token.attrs = {"src": address, "alt": ""}
    return token

"""Markdown to HTML that is safe to show: rendered without raw HTML, then cleaned by an allow-list."""

from __future__ import annotations

from collections.abc import Mapping

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token


def _parser(*, breaks: bool) -> MarkdownIt:
    options = {"html": False, "linkify": False, "breaks": breaks}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])


_PARSERS = {breaks: _parser(breaks=breaks) for breaks in (False, True)}
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


def render(text: str, *, breaks: bool = False, pictures: Mapping[str, str] | None = None) -> SafeString:
    """The text as HTML of a few harmless tags; links only to http, https and mailto. With `breaks`, a line break is
    kept as one. `pictures` is {what the text may name as a picture: its address}; of any other the words are left."""
    parser = _PARSERS[breaks]
    tokens = parser.parse(text)
    for token in tokens:
        if token.children:
            token.children = [_shown(child, pictures or {}) for child in token.children]
    html = parser.renderer.render(tokens, parser.options, {})
    attributes = {"a": {"href"}, "img": {"src", "alt"}}
    clean = nh3.clean(html, tags=_TAGS, attributes=attributes, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)


def _shown(token: Token, pictures: Mapping[str, str]) -> Token:
    """A picture with its own address; one that is not known as its words."""
    if token.type != "image":
        return token
    address = pictures.get(str(token.attrGet("src")))
    if address is None:
        return Token("text", "", 0, content=token.content)
    token.attrs = {"src": address, "alt": ""}
    return token

"""Labels inside a flowchart: markup, entities, quotes."""

from __future__ import annotations

import html
import re


def escape(words: str) -> str:
    """Inside quotes; `#` and `&` begin entities, a backtick begins Markdown."""
    words = " ".join(words.split()) or " "
    return re.sub(r'["#&<>`]', lambda found: f"#{ord(found[0])};", words)


_ENTITY = re.compile(r"#(\d{1,7}|[a-zA-Z]{2,10});")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sub|sup|small|span|div|p|center|font)(?:\s[^<>]{0,200})?/?>", re.I)
_BREAK = re.compile(r"<br\s*/?>|\\n", re.I)
_ICON = re.compile(r"\bfa[bsrl]?:fa-[\w-]+\s?")


def plain(words: str) -> str:
    """A label as it is read: without markup, entities as the characters they stand for."""
    words = _ICON.sub("", _TAG.sub("", _BREAK.sub(" ", words.strip().strip("`"))))
    words = _ENTITY.sub(lambda found: f"&{'#' * found[1].isdigit()}{found[1]};", words)
    return " ".join(html.unescape(words).split())

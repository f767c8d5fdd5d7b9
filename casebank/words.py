"""Full-text search over what a candidate may see of a case, in Postgres."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector


def _vector(language: str) -> Any:
    return (
        SearchVector("title", weight="A", config=language)
        + SearchVector("tags", "kind", weight="B", config=language)
        + SearchVector("summary", weight="C", config=language)
        + SearchVector("prompt", weight="D", config=language)
    )


# English finds "rank" in "ranking". The plain words are kept too, because what is typed half ("recommenda") is the
# beginning of a word and seldom that of its stem. They come last, or a phrase could run from one into the other.
SEARCHABLE = _vector("english") + _vector("simple")
_LAST_WORD = re.compile(r"(?P<before>.*?)(?P<word>\w+)", re.DOTALL)


def query(words: str) -> Any:
    """What `words` ask for, in the syntax that people know from the web ("in order", or, -without); the word
    that is being typed also finds what begins with it."""
    asked: Any = SearchQuery(words, config="english", search_type="websearch")
    before, beginning = unfinished(words)
    if not beginning:
        return asked
    # Only letters, digits and underscores come here, so the quotes hold.
    begun: Any = SearchQuery(f"'{beginning}':*", config="simple", search_type="raw")
    if before:
        begun = SearchQuery(before, config="english", search_type="websearch") & begun
    return asked | begun


def unfinished(words: str) -> tuple[str, str]:
    """What was typed, cut before the word that may be unfinished; "" where the last word is none: inside
    quotes, excluded, or an operator."""
    found = _LAST_WORD.fullmatch(words.strip())
    if found is None:
        return words.strip(), ""
    before, word = found["before"], found["word"]
    excluded = before.endswith("-") and (before == "-" or before[-2].isspace())
    if before.count('"') % 2 or excluded or (word.lower() == "or" and before):
        return words.strip(), ""
    return before.strip(), word

"""Text as the encoder's word pieces: BERT's uncased WordPiece (Devlin et al. 2018, arXiv 1810.04805).

The usual library for this brings a client for a model hub along; this needs a vocabulary and forty lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parent / "data" / "vocabulary.txt"
PAD, UNKNOWN, START, END = 0, 100, 101, 102
# A longer word is no word; BERT reads it as unknown.
LONGEST_WORD = 100
_WORD = re.compile(r"[^\W_]+|[^\s]", re.UNICODE)
_IDEOGRAPH = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


@cache
def vocabulary() -> dict[str, int]:
    """Every piece and its number, in the order of the file. Raises OSError where the file is missing."""
    with VOCABULARY.open(encoding="utf-8") as file:
        return {line.rstrip("\n"): number for number, line in enumerate(file)}


def pieces(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The words of a text in lower case without accents, each with the numbers of its pieces."""
    for word in _WORD.findall(_plain(text)):
        yield word, _split(word)


@lru_cache(maxsize=20_000)
def _split(word: str) -> tuple[int, ...]:
    """The longest known beginning, and so on behind it; unknown where some rest has no known beginning."""
    known = vocabulary()
    if len(word) > LONGEST_WORD:
        return (UNKNOWN,)
    found, start = [], 0
    while start < len(word):
        prefix = "##" if start else ""
        for end in range(len(word), start, -1):
            number = known.get(prefix + word[start:end])
            if number is not None:
                break
        else:
            return (UNKNOWN,)
        found.append(number)
        start = end
    return tuple(found)


def _plain(text: str) -> str:
    """Lower case, accents and control characters gone, ideographs each a word."""
    bare = "".join(
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFD", _IDEOGRAPH.sub(r" \1 ", text).lower())
        if c.isspace() or unicodedata.category(c) not in ("Mn", "Cc", "Cf", "Co", "Cn", "Cs")
    )
    return bare.replace("\ufffd", "")

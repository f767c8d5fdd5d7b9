"""Words as the models see them: lower case, without endings; numbers and the case's own words as classes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

_UNIT = r"\s?(?:%|ms\b|s\b|sec\b|k\b|m\b|bn?\b|million|billion|gb\b|tb\b)?"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][a-z]{1,2})?|\d[\d.,]*" + _UNIT + r"|->|→|=>")
_ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "ings",
    "ing",
    "edly",
    "ied",
    "ies",
    "ed",
    "ers",
    "er",
    "es",
    "ly",
    "s",
)
# Words that carry no subject. One string, for it is read by people.
_STOP = """
a an the of to in on at by for with from as is are was were be been it its this that these those and or we i you he
they them their our my your his her do does did have has had will would can could should may might there here then
than so if but not no nor also just only very more most some any each all both such what which who when where how
into over up out about again once per us me she s t d ll re ve am
"""
STOP = frozenset(_STOP.split())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest English ending; crude, and the same everywhere."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def tokens(text: str) -> list[str]:
    """Lower-case words, and numbers as `#` with their unit."""
    return [_token(raw) for raw in _TOKEN.findall(text.lower()[:4_000])]


def terms(text: str, own: frozenset[str]) -> list[str]:
    """Stems and pairs of stems; a word of the case becomes `@own`, so that what is learned holds for every case."""
    known = [
        "@own" if stem(word) in own else word if word[0] in "#-=→" else stem(word) for word in tokens(text)
    ]
    singles = [word for word in known if word not in STOP]
    pairs = [f"{a} {b}" for a, b in pairwise(known)]
    return singles + pairs


def content(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(word) for word in tokens(text) if word not in STOP and word[0] != "#")


def stems(words: Iterable[str]) -> frozenset[str]:
    """Stems of all words in some phrases."""
    return frozenset(
        stem(word) for phrase in words for word in tokens(phrase) if word not in STOP and word[0] != "#"
    )


def _token(raw: str) -> str:
    if not raw[0].isdigit():
        return raw.replace("’", "'").removesuffix("'s")
    unit = raw.lstrip("0123456789., ").strip()
    return "#" + {"million": "m", "billion": "b", "bn": "b", "sec": "s"}.get(unit, unit)

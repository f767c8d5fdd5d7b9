"""What a label calls a part: the kinds of the catalogue, by the words that people use for them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("lexicon.yaml")
# Longer labels are prose; they are read this far.
MAX_LABEL = 200
# A picture or a bullet before the words says nothing.
_BEFORE = re.compile(r"^[^\w<>=≤≥(\[]+")


@lru_cache(maxsize=4_096)
def kind_of(label: str) -> str:
    """The catalogue id of the kind that a label names, or an empty string. Never raises."""
    text = _BEFORE.sub("", " ".join(label[:MAX_LABEL].split()))
    return next((kind for kind, names in _rules() if names.search(text)), "")


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rules = yaml.safe_load(_FILE.read_text())
    return tuple((rule["kind"] or "", _compiled(rule["say"])) for rule in rules)


def _compiled(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_pattern(phrase)})" for phrase in phrases), re.I)


def _pattern(phrase: str) -> str:
    if phrase.startswith("/"):
        return phrase.strip("/")
    words = (
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in phrase.split()
    )
    return r"(?<![\w-])" + r"[\s_/&+(-]+".join(words) + r"(?!\w)"

"""Is this English? The scorer has learned from English alone, and says so rather than giving a number."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "data" / "languages.yaml"
# Below this many letters a text is too short to tell.
LEAST_LETTERS = 24
LEAST_WORDS = 25
# So many different words of a language must be there: one said often tells nothing.
LEAST_KNOWN = 6
# Another language must own so much more of the words than English does: notes are terse, and full of names.
AHEAD = 0.08
_WORD = re.compile(r"[^\W\d_]+")
# Scripts that are one language's.
_LANGUAGES = {
    "Cjk": "Chinese",
    "Hiragana": "Japanese",
    "Katakana": "Japanese",
    "Hangul": "Korean",
    "Thai": "Thai",
}
# More than enough to know a language by.
_READ = 20_000


class CannotJudge(ValueError):
    """Nothing is wrong with the scorer; this submission is not for it. The message is for the candidate."""


def require_english(notes: Mapping[str, str]) -> None:
    """Raises CannotJudge where the notes as a whole are in another language or script."""
    found = other_than_english("\n".join(notes.values()))
    if found:
        raise CannotJudge(
            f"The notes are mostly in {found}, and the scorer can judge English only, so no score is shown rather "
            "than a wrong one. Notes and board are kept as they were handed in."
        )


def other_than_english(text: str) -> str:
    """The language or script that most of the text is in; empty for English, and where there is too little to tell."""
    text = unicodedata.normalize("NFKC", text[:_READ])
    scripts = Counter(_script(c) for c in text if c.isalpha())
    letters = scripts.total()
    if letters < LEAST_LETTERS:
        return ""
    script, count = scripts.most_common(1)[0]
    if script != "Latin" and count > letters / 2:
        return _LANGUAGES.get(script, f"{script} script")
    said = [word.lower() for word in _WORD.findall(text)]
    if len(said) < LEAST_WORDS:
        return ""
    shares = {
        name: sum(word in known for word in said) / len(said) for name, known in _function_words().items()
    }
    english = shares.pop("English")
    best = max(shares, key=lambda name: shares[name])
    sure = len(_function_words()[best].intersection(said)) >= LEAST_KNOWN
    return best if sure and shares[best] > english + AHEAD else ""


def _script(letter: str) -> str:
    return "Latin" if letter.isascii() else unicodedata.name(letter, "unknown").split()[0].title()


@cache
def _function_words() -> dict[str, frozenset[str]]:
    with FILE.open(encoding="utf-8") as file:
        return {name: frozenset(text.split()) for name, text in yaml.safe_load(file).items()}

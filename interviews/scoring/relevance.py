"""Is this an answer to this case, or a good answer to another one?"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import yaml

from . import words
from .submission import CaseTerms, Submission

_DOMAINS = Path(__file__).parent / "data" / "domains.yaml"
# Another subject must be covered this well, and so much better than the case's own, before an answer is foreign.
COVERED = 0.5
AHEAD = 0.18


def own_words(case: CaseTerms) -> frozenset[str]:
    """Stems that make a sentence one about this case: the case's own words, and those of its slug's subject."""
    parts = _parts(case.slug)
    if case.entities:
        return words.stems([*case.entities, *parts])
    return _subject(case.slug)


def is_foreign(submission: Submission) -> bool:
    """True where the notes speak at length about another known subject and hardly about the case's own."""
    said = Counter(
        words.stem(word) for text in submission.notes.values() for word in words.tokens(text[:20_000])
    )
    own = max(_named(said, submission.case), _covered(said, _subject(submission.case.slug)))
    mine = set(_parts(submission.case.slug)) & _data()["related"].keys()
    others = [topic for topic in _data()["topics"] if not mine & set(_parts(topic))]
    best = max((_covered(said, _subject(topic)) for topic in others), default=0.0)
    return best >= COVERED and best - own >= AHEAD


def _named(said: Counter[str], case: CaseTerms) -> float:
    """The share of sixteen of the case's entities that were named, each with all of its words: one word of
    several, such as "day" of "false accepts a day", is not of this case alone."""
    entities = {words.stems([entity]) for entity in case.entities} - {frozenset()}
    return sum(entity <= said.keys() for entity in entities) / 16


def _covered(said: Counter[str], subject: frozenset[str], enough: int = 40) -> float:
    """The share of a subject's words that were said; a long list is covered by `enough` of them."""
    return sum(word in said for word in subject) / max(8, min(enough, len(subject)))


def _subject(slug: str) -> frozenset[str]:
    related: dict[str, list[str]] = _data()["related"]
    return words.stems([word for part in _parts(slug) for word in (part, *related.get(part, ()))])


def _parts(slug: str) -> list[str]:
    return [part for part in slug.lower().replace("_", "-").split("-") if part]


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    with _DOMAINS.open(encoding="utf-8") as file:
        return dict(yaml.safe_load(file))

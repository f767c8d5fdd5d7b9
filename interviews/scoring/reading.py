"""One submission, read once: its segments, what guards say of them, and the signs in each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import drawn, guards, lexicon, relevance, segments, words
from .drawn import Drawn
from .guards import Guards
from .segments import BOARD, Segment
from .submission import STEPS, Submission

_NUMBER = re.compile(r"\d[\d.,]*")
SIGNS = ("words", "numbers", "own", "reason", "compare", "remedy", "meta", "wrong", "linking", "commas")


@dataclass(frozen=True, slots=True)
class Reading:
    """Segments in order with, for each: features for the finder, signs (as in SIGNS), hits, is it a bare list."""

    segments: tuple[Segment, ...]
    guards: Guards
    features: tuple[Mapping[str, float], ...]
    signs: tuple[tuple[float, ...], ...]
    hits: Mapping[str, Mapping[int, int]]
    wrong: Mapping[str, frozenset[int]]
    lists: tuple[bool, ...]
    drawn: Drawn


def read(submission: Submission, checklist: Sequence[str]) -> Reading:
    """Everything that later stages ask about a submission."""
    pieces = [
        piece for step in STEPS for piece in segments.of_field(step, submission.notes.get(step, ""))
    ] + segments.of_board(submission.graph)
    own = relevance.own_words(submission.case)
    texts = [_text(piece) for piece in pieces]
    hits = lexicon.hits(texts)
    wrong: dict[str, set[int]] = {}
    for index, text in enumerate(texts):
        for items, pattern in lexicon.load().wrong:
            if pieces[index].where != BOARD and pattern.search(text):
                for item in items:
                    wrong.setdefault(item, set()).add(index)
    spoiled = set().union(*wrong.values()) if wrong else set()
    signs = tuple(_signs(text, own, i in spoiled) for i, text in enumerate(texts))
    return Reading(
        segments=tuple(pieces),
        guards=guards.inspect(pieces, checklist),
        features=tuple(
            _features(i, piece, texts[i], own, hits) | _named(signs[i]) for i, piece in enumerate(pieces)
        ),
        signs=signs,
        hits=hits,
        wrong={item: frozenset(found) for item, found in wrong.items()},
        lists=tuple(guards.is_dump(text, guards.LIST_PARTS) for text in texts),
        drawn=drawn.inspect(submission.graph),
    )


def _text(piece: Segment) -> str:
    return f"{piece.ends[0]} -> {piece.ends[1]} : {piece.text}" if piece.kind == "arrow" else piece.text


def _features(
    index: int, piece: Segment, text: str, own: frozenset[str], hits: Mapping[str, Mapping[int, int]]
) -> dict[str, float]:
    found = words.terms(text, own)
    weight = min(1.0, 4.0 / max(1, len(found)) ** 0.5)
    features = {f"w:{term}": weight for term in found}
    features |= {f"h:{term}": 0.7 for term in words.terms(piece.heading, own)}
    for item, where in hits.items():
        if index in where:
            features[f"lex:{item}"] = min(3, where[index]) / 2
    features[f"at:{piece.where}"] = 1.0
    features[f"kind:{piece.kind}"] = 1.0
    if piece.where == BOARD:
        features |= _roles(piece)
    return features


def _roles(piece: Segment) -> dict[str, float]:
    roles = lexicon.load().roles
    if piece.kind != "arrow":
        return {f"role:{name}": 1.0 for name, pattern in roles.items() if pattern.search(piece.text)}
    source, target = ([name for name, pattern in roles.items() if pattern.search(end)] for end in piece.ends)
    joined = {f"joins:{a}>{b}": 0.5 for a in source for b in target}
    joined |= {f"from:{a}": 0.5 for a in source} | {f"to:{b}": 0.5 for b in target}
    if piece.text.strip():
        joined["arrow:labelled"] = 1.0
    return joined


def _signs(text: str, own: frozenset[str], spoiled: bool) -> tuple[float, ...]:
    """The values of SIGNS for one text."""
    known = words.tokens(text)
    signs = lexicon.load().signs
    counts = [len(signs[name].findall(text[:2_000])) for name in ("reason", "compare", "remedy", "meta")]
    return (
        float(len(known)),
        float(len(_NUMBER.findall(text))),
        float(sum(words.stem(word) in own for word in known)),
        *map(float, counts),
        float(spoiled),
        sum(word in words.STOP for word in known) / max(1, len(known)),
        text.count(",") / max(1, len(known)),
    )


def _named(signs: tuple[float, ...]) -> dict[str, float]:
    """Signs as features for the linear models, kept small."""
    found = zip(SIGNS[1:8], signs[1:8], strict=True)
    return {"sig:long": min(signs[0], 40) / 20} | {
        f"sig:{name}": min(value, 3) / 2 for name, value in found if value
    }

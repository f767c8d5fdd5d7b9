"""What must not count: repeated text, the checklist read back, the interviewer's words, words to the grader, denials,
keyword dumps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from . import lexicon, words
from .segments import BOARD, Segment

# The share of a checklist sentence that a candidate's sentence may repeat before it is an echo of it.
ECHO_SHARE = 0.6
# The share of an interviewer's fact that a sentence may repeat before it is that fact copied out.
COPIED_SHARE = 0.8
# What the encoder still reads, for what stands around it: all the rest is taken out as if it were not there.
STILL_READ = frozenset({"", "heading", "denial"})
# From this many names in a row a list is no answer at all; a shorter one still names things.
DUMP_PARTS = 10
LIST_PARTS = 6
_LINKING = "is are be we i it to of for the a if so by with per because when that as from"
_FUNCTION_WORDS = frozenset(_LINKING.split())
# Cyrillic and Greek letters that are drawn like Latin ones.
_LOOK_ALIKE = str.maketrans(
    "асеорхуіјѕԁвкмнтАВЕКМНОРСТХаοαινρτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aceopxyijsdbkmhtABEKMHOPCTXaoaivptABEZHIKMNOPTYX"
)


@dataclass(frozen=True, slots=True)
class Guards:
    """For each segment, the reason it does not count ("" where it does). `denials` are excused for some items."""

    reasons: tuple[str, ...]

    def allows(self, index: int, item: str) -> bool:
        reason = self.reasons[index]
        return not reason or (reason == "denial" and item in EXCUSED)


# Leaving something out is how these two are answered.
EXCUSED = frozenset({"clarify.scope", "frame.alternatives"})


def inspect(segments: Sequence[Segment], checklist: Sequence[str], facts: Sequence[str] = ()) -> Guards:
    """Judge every segment once, in order; of equal ones the first counts. `facts` are what an interviewer may tell."""
    echoes = [words.content(text) for text in checklist]
    told = [words.content(sentence) for fact in facts for sentence in re.split(r"(?<=[.!?])\s+", fact)]
    seen: set[tuple[str, frozenset[str]]] = set()
    reasons = []
    for segment in segments:
        mine = words.content(segment.text)
        key = ("board" if segment.where == BOARD else "notes", mine)
        if segment.where != BOARD and len(mine) >= 3 and key in seen:
            reasons.append("repeated")
            continue
        seen.add(key)
        reasons.append(_reason(segment, mine, echoes, told))
    return Guards(_spread_addresses(segments, reasons))


def is_dump(text: str, least: int = DUMP_PARTS) -> bool:
    """At least so many short names in a row and hardly a word between them: a list, not an answer."""
    parts = [
        part
        for part in text.replace("/", ",").replace(" + ", ",").replace("|", ",").split(",")
        if part.strip()
    ]
    if len(parts) < least:
        return False
    plain = text.lower().split()
    linking = sum(word.strip(".,;:()") in _FUNCTION_WORDS for word in plain)
    figures = sum(c.isdigit() for c in text) / max(1, len(text))
    return linking / len(plain) < 0.06 and figures < 0.03 and len(plain) / len(parts) < 2.6


def is_denial(text: str) -> bool:
    """Says that something is not done, without a reason or a number."""
    signs = lexicon.load().signs
    plain = len(text.split()) <= 25 and not any(c.isdigit() for c in text)
    return plain and bool(signs["denial"].search(text)) and not signs["reason"].search(text)


def _reason(
    segment: Segment, mine: frozenset[str], echoes: Sequence[frozenset[str]], told: Sequence[frozenset[str]]
) -> str:
    signs = lexicon.load().signs
    text = plain(segment.text)
    if signs["grader"].search(text):
        return "addressed to the grader"
    if signs["tick"].search(text):
        return "ticked off"
    if segment.where == BOARD:
        return ""
    if _is_bare_heading(segment.text):
        return "heading"
    if any(_echoes(mine, echo) for echo in echoes):
        return "echo of the checklist"
    if signs["told"].search(text) or any(_copies(mine, fact) for fact in told):
        return "the interviewer's words"
    if is_dump(text):
        return "list"
    return "denial" if is_denial(text) else ""


def plain(text: str) -> str:
    """A text without disguise: compatible characters unified (NFKC), invisible ones gone, look-alikes of other
    scripts as the Latin letters that they look like."""
    unified = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE)
    return "".join(c for c in unified if unicodedata.category(c) != "Cf")


def _copies(mine: frozenset[str], fact: frozenset[str]) -> bool:
    return len(fact) >= 5 and len(mine & fact) >= COPIED_SHARE * max(len(fact), len(mine))


def _echoes(mine: frozenset[str], echo: frozenset[str]) -> bool:
    common = len(mine & echo)
    return (
        common >= 4
        and common >= ECHO_SHARE * min(len(echo), max(len(mine), 5))
        and common >= 0.45 * len(mine)
    )


def _is_bare_heading(text: str) -> bool:
    bare = text.strip("*#: \t")
    return (text.rstrip("* ").endswith(":") or text.startswith("**")) and len(bare.split()) <= 4


def _spread_addresses(segments: Sequence[Segment], reasons: Sequence[str]) -> tuple[str, ...]:
    """A sentence between two that address the grader in the same field is part of that address."""
    spread = list(reasons)
    for i in range(1, len(spread) - 1):
        around = (reasons[i - 1], reasons[i + 1])
        if not spread[i] and all(reason == "addressed to the grader" for reason in around):
            spread[i] = "addressed to the grader"
    return tuple(spread)

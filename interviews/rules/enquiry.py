"""Which fact of a case answers a question: words in common, and no more understanding than that. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from interviews.scoring import words

# Each line is one subject that people ask for in different words.
_SUBJECTS = """
users people user person customer audience dau mau active daily
scale large big size volume traffic qps rps throughput requests request load goes through transactions
number count day daily
latency fast slow quick quickly long soon ms millisecond milliseconds milli p99 time response deadline sla
privacy gdpr consent personal retention legal law laws regulation regulator regulatory compliance opt sensitive
labels label truth ground annotation annotated outcome outcomes positive feedback chargebacks
data dataset history historical available training exists features know
hardware machine machines gpu gpus cpu cpus server servers compute infrastructure cards
cost costs budget money price expensive spend mistake negative
today current currently existing exist baseline runs run legacy already now system model
goal objective business purpose want success succeed kpi revenue optimise company
pay pays paid money revenue earn earns monetise
cold new newcomers start fresh young live lifetime
delay delayed late lag arrive arrives known when
fraud spam abuse bot bots attack adversarial fake fraudsters
languages language country countries region regions locale market markets
rate ratio share prevalence common frequency percent imbalance rare
worry risk risks concern fear complain
scope include included part care optimise
seen view views viewed viewability visible shown viewable impressions
devices device clients phone mobile browser app platform
experts expert reviewers reviewer review human humans raters annotators team moderators analysts
"""
# What stands in a question and says nothing of its subject.
_EMPTY = words.stems(
    [
        "tell say ask please question give need there anything everything something kind sort get make many much like"
    ]
)
# A fact must hold at least this much of what was asked, by the weight of the words.
ENOUGH = 0.3
_IN_ANSWER = 0.55
_BY_SUBJECT = 0.7
_SMOOTHING = 0.5
# A word that stands in no fact is often only another way of speaking; it weighs against them all, but less.
_STRANGE = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as the guide lists it: when it is told, and what is told."""

    ask: str
    answer: str


def best(question: str, facts: Sequence[Known]) -> int | None:
    """The place, from 0, of the fact that answers the question best; None where none holds enough of its words."""
    asked = words.content(question[:500]) - _EMPTY
    if not asked or not facts:
        return None
    read = [(words.content(fact.ask), words.content(fact.answer)) for fact in facts]
    weights = {word: _weight(word, read) for word in asked}
    scores = [sum(weights[word] * _found(word, *fact) for word in asked) for fact in read]
    at = max(range(len(facts)), key=scores.__getitem__)
    return at if scores[at] >= ENOUGH * sum(weights.values()) else None


def _found(word: str, ask: frozenset[str], answer: frozenset[str]) -> float:
    """How much of a word of the question a fact holds, 0 to 1."""
    near = _NEAR.get(word, frozenset())
    if word in ask:
        return 1.0
    if near & ask:
        return _BY_SUBJECT
    return _IN_ANSWER if word in answer else _IN_ANSWER * _BY_SUBJECT * bool(near & answer)


def _weight(word: str, read: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    """A word that stands in many facts tells little between them."""
    held = [_found(word, ask, answer) > 0 for ask, answer in read]
    weight = log((len(held) + 1) / (sum(held) + _SMOOTHING))
    return weight if any(held) else weight * _STRANGE


def _near() -> dict[str, frozenset[str]]:
    near: dict[str, frozenset[str]] = {}
    for line in _SUBJECTS.strip().splitlines():
        subject = words.stems(line.split())
        for word in subject:
            near[word] = near.get(word, frozenset()) | subject - {word}
    return near


_NEAR = _near()

"""The objective chain of a report, by one source's levels."""

from __future__ import annotations

from dataclasses import dataclass

from interviews.queries.depth.source import levels_of
from interviews.queries.report import Report
from interviews.rules import chain as rules
from interviews.scoring import lexicon


@dataclass(frozen=True, slots=True)
class ObjectiveChain:
    """`name` is the interviewer's whose levels these are, empty for the automatic ones."""

    name: str
    chain: rules.Chain


def chain_of(report: Report) -> ObjectiveChain | None:
    """None before there are levels that this seat may see."""
    source = levels_of(report)
    if source is None:
        return None
    return ObjectiveChain(source.name, rules.chain(source.by_item, () if source.name else _wrong(report)))


def _wrong(report: Report) -> tuple[str, ...]:
    """Items whose first evidence the scorer's guards take for a wrong claim, as a metric that does not answer the
    objective. They are patterns of sentences: what they do not know is not called wrong."""
    spoilt = []
    for item in (item for step in report.steps for item in step.items):
        piece = item.evidence[0] if item.evidence else None
        if piece and piece["where"] != "board":
            known = (pattern for items, pattern in lexicon.load().wrong if item.id in items)
            if any(pattern.search(piece["quote"]) for pattern in known):
                spoilt.append(item.id)
    return tuple(spoilt)

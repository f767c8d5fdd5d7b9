"""The report's deeper parts as its page reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interviews.models import Seat
from interviews.queries.depth.gains import Gain, Gains, gains_of
from interviews.queries.report import Report
from interviews.views.reading import Quote, Step


@dataclass(frozen=True, slots=True)
class GainShown:
    """A change with the sentence that it would have grown from: the candidate's words, or what the interviewer says
    that they heard; neither where nothing was shown."""

    change: Gain
    quote: Quote | None
    heard: str


def depth_of(report: Report, seat: Seat, steps: Sequence[Step]) -> dict[str, Any]:
    """What the page shows besides; nothing before this seat may see a sheet."""
    if report.submission is None or report.rate_first:
        return {}
    quotes = quotes_by_item(steps)
    gains = gains_of(report)
    return {"gains": gains, "changes": changes_of(gains, quotes)}


def quotes_by_item(steps: Sequence[Step]) -> dict[str, Quote]:
    """{item: its first quotation}; the judge's where the automatic sheet has none."""
    found = {}
    for item in (item for step in steps for item in step.items):
        if quotes := item.quotes or item.judged:
            found[item.report.id] = quotes[0]
    return found


def changes_of(gains: Gains | None, quotes: Mapping[str, Quote]) -> tuple[GainShown, ...]:
    """The three changes with their sentences."""
    if gains is None:
        return ()
    return tuple(
        GainShown(
            one, quotes.get(one.item.id), one.item.person.reason if gains.name and one.item.person else ""
        )
        for one in gains.found
    )

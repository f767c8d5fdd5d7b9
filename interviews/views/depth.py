"""The report's deeper parts as its page reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interviews.charts.pace import Pace, pace
from interviews.models import Seat
from interviews.queries.aftermath import Flip
from interviews.queries.depth.adaptation import adapted
from interviews.queries.depth.chain import ObjectiveChain, chain_of
from interviews.queries.depth.gains import Gain, Gains, gains_of
from interviews.queries.depth.probes import probed
from interviews.queries.film import Film, film_of
from interviews.queries.report import Report
from interviews.queries.ribbon import ribbon_of
from interviews.rules.chain import Link
from interviews.views.depth_words import adapted_in_words, chain_in_words
from interviews.views.reading import Quote, Step
from whiteboard.replay import Damaged

# What a link's state is called where it has no level to be named by.
STATES = {
    "holds": "holds",
    "weak": "only named",
    "wrong": "named, and wrong",
    "missing": "not shown",
    "unsaid": "not marked",
}


@dataclass(frozen=True, slots=True)
class GainShown:
    """A change with the sentence that it would have grown from: the candidate's words, or what the interviewer says
    that they heard; `instead` is what the page says where there is neither."""

    change: Gain
    quote: Quote | None
    heard: str
    instead: str


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A link of the chain, its state in words, and the quotation that shows it."""

    link: Link
    said: str
    quote: Quote | None


def depth_of(
    report: Report, seat: Seat, steps: Sequence[Step], flips: list[Flip], *, recorded: bool
) -> dict[str, Any]:
    """What the page shows besides; nothing before this seat may see a sheet. `recorded`: the reader may see the
    replay, and so what comes of the recording."""
    if report.submission is None or report.rate_first:
        return {}
    quotes = quotes_by_item(steps)
    gains, chain = gains_of(report), chain_of(report)
    film = film_in(report) if recorded else None
    return {
        "gains": gains,
        "changes": changes_of(gains, quotes),
        "chain": chain,
        "chain_says": chain_in_words(chain) if chain else None,
        "links": links_of(chain, quotes),
        "pace": pace_of(report, film),
        "adapted": {one.flip: adapted_in_words(one.change) for one in adapted(report.submission, film, flips)}
        if film
        else {},
        "probed": probed(seat, report.feedback),
    }


def film_in(report: Report) -> Film | None:
    """The recording; None where it cannot be read."""
    try:
        return film_of(report.session)
    except Damaged:  # a report is worth reading without its recording
        return None


def pace_of(report: Report, film: Film | None) -> Pace | None:
    """Minutes of work that could be seen beside those of the session's plan."""
    if film is None:
        return None
    rows = ribbon_of(report.session, film).rows
    return pace((row.name, row.planned, row.minutes) for row in rows) if rows else None


def links_of(chain: ObjectiveChain | None, quotes: Mapping[str, Quote]) -> tuple[LinkShown, ...]:
    """Each link with its quotation; none where nothing was shown."""
    if chain is None:
        return ()
    return tuple(
        LinkShown(link, STATES[link.state], quotes.get(link.item) if link.level else None)
        for link in chain.chain.links
    )


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
    return tuple(_shown(one, quotes.get(one.item.id), gains.name) for one in gains.found)


def _shown(one: Gain, quote: Quote | None, name: str) -> GainShown:
    said = one.item.person if name else None
    instead = "Nothing to grow it from: neither notes nor board speak of it."
    if said and said.level:
        instead = f"{name} marked it; no words of it were found in notes or drawing."
    return GainShown(one, quote, said.reason if said else "", instead)

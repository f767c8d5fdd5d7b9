"""What a paper has besides levels and what was handed in, read as the report's page reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from interviews.models import Seat
from interviews.papers.paper import Asked, Passage
from interviews.queries import shares as links
from interviews.queries.aftermath import Flip, flips_of, hints_of, own_of
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open
from interviews.queries.depth.probes import Probed
from interviews.queries.report import Report
from interviews.queries.told import Told
from interviews.rules import shares
from interviews.templatetags.clock import clock
from interviews.templatetags.scores import outlook, whose
from interviews.views import reading
from interviews.views.depth import GainShown, depth_of, film_in, pace_of
from interviews.views.steps import names


def deep(seat: Seat, found: Report) -> dict[str, Any]:
    """Fields of a Paper: what this seat's page says in depth, and nothing where that waits for a rating of oneself."""
    if found.submission is None or found.rate_first:
        return {}
    recorded, flips = replay_is_open(cast_of(found.session)), flips_of(found.session)
    # Where a quotation first stood is not told on paper.
    steps = reading.steps_of(found, recorded=False, disputes={}, disputable={})
    depth = depth_of(found, seat, steps, flips, recorded=recorded)
    return {
        "ahead": (*_gains(depth), *_chain(depth)),
        "has_pace": depth["pace"] is not None,
        "pace": depth["pace"],
        "asked": (*map(_heard, depth["probed"]), *_own(seat)),
        "course": (*_hints(hints_of(found.session)), *_flips(flips, depth["adapted"])),
    }


def shown(seat: Seat, found: Report, parts: Collection[str]) -> dict[str, Any]:
    """The same of what was chosen for a link, as far as it is revealed and open to this candidate now."""
    has_pace = shares.PACE in parts
    return {
        "has_pace": has_pace,
        "pace": pace_of(found, film_in(found)) if has_pace and links.shows_times(found) else None,
        "asked": links.asked(seat, found) if shares.ASKED in parts else (),
    }


def _gains(depth: dict[str, Any]) -> Iterable[Passage]:
    if gains := depth["gains"]:
        yield Passage(
            "What would have gained most",
            f"By {whose(gains.name)}. {outlook(gains)}",
            tuple((one.change.item.text, tuple(_gain(one, gains.name))) for one in depth["changes"]),
        )


def _gain(one: GainShown, name: str) -> Iterable[str]:
    change = one.change
    more = "1 level" if change.gain == 1 else f"{change.gain} levels"
    yield f"{change.step}: {change.level.lower()}, and {change.target.lower()} would be {more} more"
    yield f"{change.target}: {change.anchor}"
    if one.quote:
        yield f"Grow it from: “{one.quote.text}” ({one.quote.where})"
    elif one.heard:
        yield f"{name}: {one.heard}"
    else:
        yield one.instead


def _chain(depth: dict[str, Any]) -> Iterable[Passage]:
    if chain := depth["chain"]:
        where, why = depth["chain_says"]
        yield Passage(
            "From goal to guardrail",
            f"{where}{why} By {whose(chain.name)}.",
            tuple(
                (
                    f"{one.link.name}: {one.said}",
                    (f"“{one.quote.text}” ({one.quote.where})",) if one.quote else (),
                )
                for one in depth["links"]
            ),
        )


def _heard(one: Probed) -> Asked:
    return Asked(one.name, tuple(one.counts), tuple((row.mark, row.ask, row.level) for row in one.probes))


def _own(seat: Seat) -> Iterable[Asked]:
    """An interviewer's own marks, which their page has beside their private notes."""
    own = own_of(seat)
    if own and own.probes:
        yield _heard(Probed(str(seat.user), own.probes))


def _hints(hints: Sequence[Told]) -> Iterable[Passage]:
    if hints:
        points = tuple(
            (f"{clock(one.second)} {names().get(one.step, one.step)}", (one.text,)) for one in hints
        )
        yield Passage("Hints that were given", "", points)


def _flips(flips: list[Flip], adapted: dict[Flip, tuple[str, tuple[str, ...]]]) -> Iterable[Passage]:
    if flips:
        yield Passage(
            "The constraints changed",
            "",
            tuple(
                (f"{clock(flip.before)} {flip.text}", _taken(*adapted.get(flip, ("", ())))) for flip in flips
            ),
        )


def _taken(first: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (first, *lines) if first else lines

"""The ribbon as its table is drawn: a lane for each phase, one for the board and one for the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from interviews.queries.film import Film
from interviews.queries.ribbon import BINS, Ribbon, Row
from interviews.rules.stretches import Span
from interviews.templatetags.clock import clock
from interviews.views.steps import names
from interviews.views.telling import Line

# A lane is as wide as the session has seconds, and so high.
HEIGHT = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle in a lane, from the bottom up less `inset`; it leads to `second` where that is given."""

    look: str
    x: float
    width: float
    height: float = HEIGHT
    inset: float = 0
    title: str = ""
    second: int | None = None

    @property
    def y(self) -> float:
        return HEIGHT - self.height - self.inset


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the table. Its name leads to `second`, its `figure` to `figure_second`; `spoken` says its bars."""

    name: str
    bars: tuple[Bar, ...]
    spoken: str
    figure: str
    rest: str
    second: int | None = None
    figure_second: int | None = None
    phase: str = ""


def lanes(ribbon: Ribbon, film: Film, events: Iterable[Line]) -> list[Lane]:
    """`events` are those of the clock."""
    steps = names()
    # However short it was, it can be seen.
    least = film.duration / 250
    return [
        *(_phase(row, steps, least) for row in ribbon.rows),
        Lane(
            name="Board",
            bars=tuple(_drawn(ribbon, film.duration / BINS)),
            spoken="How much changed is drawn here",
            figure=f"{ribbon.changes:,}",
            rest="change" if ribbon.changes == 1 else "changes",
        ),
        Lane(
            name="Clock",
            bars=(*_pauses(ribbon.pauses), *_events(events, least)),
            spoken=f"Paused {_spans(ribbon.pauses)}" if ribbon.pauses else "Never paused",
            figure=clock(film.duration),
            rest="in all",
        ),
    ]


def _phase(row: Row, steps: Mapping[str, str], least: float) -> Lane:
    minutes = f"{row.minutes:.0f}" if row.minutes >= 1 else "<1" if row.worked else "0"
    due = (
        Bar(
            "due",
            start,
            end - start,
            HEIGHT - 4,
            2,
            f"{row.name}, planned {_spans([(start, end)])}",
            int(start),
        )
        for start, end in row.due
    )
    worked = (
        Bar(
            "worked",
            one.start,
            max(one.end - one.start, least),
            HEIGHT - 12,
            6,
            f"{steps[one.step]}, {_spans([(one.start, one.end)])}",
            int(one.start),
        )
        for one in row.worked
    )
    return Lane(
        name=row.name,
        bars=(*due, *worked),
        spoken=_spans((one.start, one.end) for one in row.worked) or "Never",
        figure=f"{minutes} min",
        rest=f"of {row.planned:g}",
        second=row.began,
        figure_second=int(row.worked[0].start) if row.worked else None,
        phase=row.id,
    )


def _drawn(ribbon: Ribbon, width: float) -> Iterator[Bar]:
    for place, share in enumerate(ribbon.drawn):
        if share:
            yield Bar("drawn", place * width, width * 0.8, max(share * HEIGHT, 2))


def _pauses(pauses: Iterable[Span]) -> Iterator[Bar]:
    for start, end in pauses:
        yield Bar(
            "paused", start, end - start, HEIGHT - 4, 2, f"Paused, {_spans([(start, end)])}", int(start)
        )


def _events(events: Iterable[Line], width: float) -> Iterator[Bar]:
    for line in events:
        title = f"{clock(line.second)} {line.words}"
        yield Bar("event", line.second - width / 2, width, title=title, second=line.second)


def _spans(spans: Iterable[Span]) -> str:
    return ", ".join(f"{clock(start)} to {clock(end)}" for start, end in spans)

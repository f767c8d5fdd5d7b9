"""Which step was worked on when, from what was saved. Times are seconds since the session's start, pauses counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

# Nothing written or drawn for longer than this is no work that anybody could see. People also talk.
STILL = 120.0

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Work on one step without a break."""

    step: str
    start: float
    end: float


def stretches(
    saves: Iterable[tuple[float, str]], drawn: Iterable[float], pauses: Sequence[Span]
) -> tuple[Stretch, ...]:
    """From the saves of notes (second, step), the changes of the board (second) and the pauses (start, end).

    Time before a save belongs to the step that was saved; time before a change of the board to the step that was
    written in last, to none before the first. Pauses, and whatever is longer than STILL, belong to none.
    """
    found: list[Stretch] = []
    last, step = 0.0, ""
    for at, into in sorted([*saves, *((at, "") for at in drawn)]):
        step = into or step
        pieces = list(without(last, at, pauses))
        if sum(end - start for start, end in pieces) > STILL:
            pieces = [(at, at)]
        last = at
        for start, end in pieces if step else ():
            if found and found[-1].step == step and found[-1].end == start:
                found[-1] = replace(found[-1], end=end)
            else:
                found.append(Stretch(step, start, end))
    return tuple(found)


def without(start: float, end: float, pauses: Sequence[Span]) -> Iterator[Span]:
    """The pieces of a span that lie in no pause; at least its last instant."""
    for paused, resumed in pauses:
        if paused < end and resumed > start:
            if paused > start:
                yield start, paused
            start = max(start, resumed)
    yield min(start, end), end

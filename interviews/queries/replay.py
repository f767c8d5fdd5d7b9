"""An ended session at any second of it: the board, the notes and the phase as they were, and what people did."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from interviews.models import Session, Submission
from interviews.queries.clock import clock_of
from interviews.queries.film import Activity, Film
from interviews.queries.notes_then import notes_at
from interviews.rules.clock import Phase
from whiteboard.rules import Element

# How much is told around a second: what was done by then, and what comes next.
BEFORE, AFTER = 9, 3
# More than these are not pointed at.
FEW = 12


@dataclass(frozen=True, slots=True)
class Then:
    """`second` is what was asked for, held within 0 to the film's duration. `done` and `coming` are what people did
    around it, the earliest first; `fresh` are the ids of the elements that the last change was about, if it was about
    few."""

    second: int
    elements: tuple[Element, ...]
    notes: dict[str, str]
    phase: Phase | None
    done: tuple[Activity, ...]
    coming: tuple[Activity, ...]
    fresh: frozenset[str]


def replay(session: Session, film: Film, second: int) -> Then:
    """The session at a second of its film."""
    second = min(max(second, 0), film.duration)
    place = bisect_right(film.activity, second, key=lambda one: one.second)
    done = film.activity[max(place - BEFORE, 0) : place]
    return Then(
        second=second,
        elements=film.standing(second),
        notes=notes_at(film.saves, film.start + timedelta(seconds=second)),
        phase=_phase(session, film, second),
        done=done,
        coming=film.activity[place : place + AFTER],
        fresh=_fresh(done, film.shown_since(second)),
    )


def _fresh(done: Iterable[Activity], since: int) -> frozenset[str]:
    found = [thing for one in done if one.second == since and one.change for thing in one.change.things]
    return frozenset(found if len(found) <= FEW else ())


def foreign_to(session: Session) -> frozenset[str]:
    """The ids of what others than the candidate drew on the board that was handed in."""
    return frozenset(Submission.objects.values_list("annotations", flat=True).get(session=session))


def without(foreign: frozenset[str], then: Then) -> Then:
    """The same without these elements."""
    own = tuple(one for one in then.elements if one["id"] not in foreign)
    return replace(then, elements=own, fresh=then.fresh - foreign)


def names_of(session: Session) -> dict[int, str]:
    """{user's id: name} of everybody who has or had a seat."""
    return {seat.user_id: str(seat.user) for seat in session.seats.select_related("user")}


def _phase(session: Session, film: Film, second: int) -> Phase | None:
    """The phase by the clock as it stood: with the pauses up to then."""
    paused_at, paused = None, 0.0
    for start, end in film.pauses:
        if end <= second:
            paused += end - start
        elif start <= second:
            paused_at = film.start + timedelta(seconds=start)
    then = replace(clock_of(session), paused_at=paused_at, paused_seconds=paused, ended_at=None)
    return then.at(film.start + timedelta(seconds=second)).phase

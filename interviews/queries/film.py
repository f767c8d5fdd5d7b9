"""An ended session, opened for looking at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from math import ceil
from typing import Any
from uuid import UUID

from interviews.models import ChatMessage, Event, Role, Session
from interviews.queries.clock import clock_of
from interviews.queries.notes_then import Save, saves_of
from interviews.rules.clock import Phase
from interviews.rules.stretches import Span
from whiteboard.changes import Change, changes
from whiteboard.queries import timeline_of
from whiteboard.replay import Timeline
from whiteboard.rules import Element

# What a replay tells of the event log. A kind that is not named here is shown to nobody.
KINDS = (
    "joined",
    "started",
    "paused",
    "resumed",
    "extended",
    "fact_given",
    "hint_given",
    "flipped",
    "asked",
    "ended",
)
# Saves of one step are one line while they follow each other so soon, and up to this length; in seconds.
_GAP, _LONGEST = 20, 120


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that somebody did: an event's kind, "wrote" in a step, "said" a text in the chat, or "drew", a change
    of the board. `second` is the first whole one that shows all of it; `who` is a user's id; `data` is the event's."""

    second: int
    kind: str
    who: int | None
    step: str = ""
    change: Change | None = None
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Film:
    """All that a replay shows of a session, to everybody in it alike. Seconds count from its start, pauses too.

    `phases` are those that began, with the second; `saves` stand step by step, `activity` in its order; `handed_in`
    are the elements of the end. `seconds` are those at which anything that is shown changes, 0 the first.
    """

    start: datetime
    duration: int
    phases: tuple[tuple[int, Phase], ...]
    pauses: tuple[Span, ...]
    timeline: Timeline
    saves: tuple[Save, ...]
    activity: tuple[Activity, ...]
    handed_in: tuple[Element, ...]
    seconds: tuple[int, ...]

    def standing(self, second: int) -> tuple[Element, ...]:
        """The elements that stood at a second."""
        return _standing(self.timeline, self.start + timedelta(seconds=second))

    def since(self, at: datetime) -> float:
        """Seconds from the start to `at`."""
        return (at - self.start).total_seconds()

    def shown_since(self, second: int) -> int:
        """The last of `seconds` by then: what is shown has looked so since."""
        return self.seconds[bisect_right(self.seconds, second) - 1]


def film_of(session: Session) -> Film | None:
    """The film of a session; None if it never began or has not ended. replay.Damaged if its log is."""
    if session.started_at is None or session.ended_at is None:
        return None
    return _open(session.pk, session.started_at, session.ended_at)


# Whoever scrubs asks again and again, and what has ended does not change. For the memory see whiteboard.queries.
@lru_cache(maxsize=4)
def _open(pk: UUID, start: datetime, end: datetime) -> Film:
    session = Session.objects.select_related("board").get(pk=pk)
    second = _Seconds(start, max(ceil((end - start).total_seconds()), 0))
    log = Event.objects.filter(session=session, at__gte=start, kind__in=KINDS)
    events = list(log.values_list("at", "kind", "seat__user", "data"))
    pauses = tuple(_pauses(((at - start).total_seconds(), kind) for at, kind, *_ in events))
    began = ((_began(phase, pauses), phase) for phase in clock_of(session).phases)
    phases = tuple((at, phase) for at, phase in began if at < max(second.duration, 1))
    saves, timeline = saves_of(session), timeline_of(session.board)
    activity = [
        *(Activity(second(at), kind, who, data=data) for at, kind, who, data in events),
        *_written(session, saves, second),
        *_said(session, second, end),
        *(Activity(second(one.at), "drew", one.author, change=one) for one in changes(timeline.entries)),
    ]
    moments = (*(save.at for save in saves), *(entry.at for entry in timeline.entries))
    return Film(
        start=start,
        duration=second.duration,
        phases=phases,
        pauses=pauses,
        timeline=timeline,
        saves=saves,
        activity=tuple(sorted(activity, key=lambda one: one.second)),
        handed_in=_standing(timeline, start + timedelta(seconds=second.duration)),
        seconds=tuple(
            sorted({0, *map(second, moments), *(one.second for one in activity), *(at for at, _ in phases)})
        ),
    )


@dataclass(frozen=True, slots=True)
class _Seconds:
    """second(at): the first whole second that shows what happened then. `duration` is rounded up likewise."""

    start: datetime
    duration: int

    def __call__(self, at: datetime) -> int:
        return min(max(ceil((at - self.start).total_seconds()), 0), self.duration)


def _standing(timeline: Timeline, moment: datetime) -> tuple[Element, ...]:
    return tuple(one for one in timeline.at(moment).values() if not one.get("isDeleted"))


def _written(session: Session, saves: Iterable[Save], second: _Seconds) -> Iterator[Activity]:
    """A line for each time that somebody wrote in one step."""
    writer = session.seats.filter(role=Role.CANDIDATE).values_list("user", flat=True).first()
    lines: list[list[Save]] = []
    for save in saves:
        if lines and _goes_on(lines[-1], save):
            lines[-1].append(save)
        else:
            lines.append([save])
    return (Activity(second(line[-1].at), "wrote", writer, line[-1].step) for line in lines)


def _said(session: Session, second: _Seconds, end: datetime) -> Iterator[Activity]:
    """A line for each message of the chat since the start."""
    # What is said after the end is no part of the session that is replayed.
    found = ChatMessage.objects.filter(session=session, at__range=(second.start, end))
    for at, who, text in found.values_list("at", "seat__user", "text"):
        yield Activity(second(at), "said", who, text=text)


def _goes_on(line: Sequence[Save], save: Save) -> bool:
    gap, length = (save.at - line[-1].at).total_seconds(), (save.at - line[0].at).total_seconds()
    return save.step == line[0].step and gap <= _GAP and length <= _LONGEST


def _pauses(events: Iterable[tuple[float, str]]) -> Iterator[Span]:
    """Start and end of each pause; the last may have gone on to the end."""
    paused_at = None
    for at, kind in events:
        if kind == "paused":
            paused_at = at
        elif kind in ("resumed", "ended") and paused_at is not None:
            yield paused_at, at
            paused_at = None


def _began(phase: Phase, pauses: Iterable[Span]) -> int:
    """The second at which the phase began: its start in running time, later by each pause before it."""
    began = phase.start
    for paused, resumed in pauses:
        if paused <= began:
            began += resumed - paused
    return ceil(began)

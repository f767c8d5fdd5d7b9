"""A crowd draws while something is done to the fleet; then all is left in peace, and what came of it is judged."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

import psycopg
from django.db import connection

from tests.chaos import checkers, stage
from tests.chaos.checkers import Violation, most_likely_below
from tests.chaos.crowd import Crowd, Habits, Person
from tests.chaos.fleet import Fleet
from tests.chaos.history import Entry, History, Kind, What


@dataclass
class Weather:
    """What a fault may use. `until` ends the storm on the loop's clock (time.monotonic)."""

    fleet: Fleet
    crowd: Crowd
    chance: random.Random
    until: float
    history: History
    faults: int = 0

    async def every(self, seconds: float) -> bool:
        """Wait about so long; False once the storm is over."""
        await asyncio.sleep(self.chance.uniform(0.6, 1.4) * seconds)
        return time.monotonic() < self.until


# What is no invariant of the plan: the play itself broke down, or tried nothing.
UNFORESEEN = "?"

Fault = Callable[[Weather], Awaitable[None]]
# What else must hold of one session, by its clients' history and what is kept of it.
Check = Callable[[Sequence[Entry], checkers.Kept], list[Violation]]


@dataclass(frozen=True, slots=True)
class Storm:
    """So many sessions for so many seconds. Of them `submits` are handed in at random moments, and `deadlines` end by
    the clock; all others are handed in when it is over."""

    sessions: int
    seconds: float
    fault: Fault
    submits: float = 0.3
    deadlines: float = 0.2
    habits: Habits = field(default_factory=Habits)
    # Seconds, on a machine that may be busy; what has not healed by then is a violation.
    patience: float = 90.0
    # Those who hand in do so within a second of their deadline, before or after.
    photo_finish: bool = False
    # Whether a client's edits reach the log in its order; not where its line mixes them up.
    in_order: bool = True
    person: type[Person] = Person
    also: Sequence[Check] = ()


@dataclass
class Outcome:
    """What was measured, and what must not be."""

    figures: dict[str, str] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    history: History = field(default_factory=History)


def run(storm: Storm, fleet: Fleet, seed: int) -> Outcome:
    """Play it."""
    chance = random.Random(seed)
    connection.close()
    opening = time.time() + 5 + storm.sessions / 10  # by then all is staged
    ends = [
        opening + storm.seconds * chance.uniform(0.3, 0.9) if chance.random() < storm.deadlines else None
        for _ in range(storm.sessions)
    ]
    began = fleet.restarts.total()
    places = stage.open_sessions(ends)
    outcome = Outcome()
    scenes = asyncio.run(_play(storm, fleet, places, ends, chance, outcome))
    fleet.until_ready()
    connection.close()  # it may have died with its server
    waited = _until_scored([place.session for place, _ in places], storm.patience)
    kept = stage.kept(places)
    found = checkers.all_of(outcome.history.entries, kept, scenes)
    told = checkers.by_session(outcome.history.entries)
    found += [
        wrong for one in kept for check in storm.also for wrong in check(told.get(one.session, []), one)
    ]
    outcome.violations += [one for one in found if storm.in_order or not checkers.is_about_order(one)]
    outcome.violations += checkers.tickets(stage.live_seats())
    outcome.figures |= _figures(outcome.history, kept) | {
        "restarts": str(fleet.restarts.total() - began),
        "sessions": f"{len(kept)}, {sum(one.ended_at == one.deadline_at for one in kept)} by the clock",
        "scores": f"{sum(len(one.sheets) for one in kept)}, the last {waited:.1f} s after peace",
    }
    return outcome


async def _play(
    storm: Storm,
    fleet: Fleet,
    places: Sequence[tuple[stage.Place, stage.Place]],
    ends: Sequence[float | None],
    chance: random.Random,
    outcome: Outcome,
) -> dict[str, dict[str, dict[str, tuple[int, int]]]]:
    crowd = Crowd(
        [
            (
                storm.person(one, fleet.bases, outcome.history, random.Random(chance.random()), storm.habits),
                storm.person(
                    other, fleet.bases, outcome.history, random.Random(chance.random()), storm.habits
                ),
            )
            for one, other in places
        ]
    )
    over = asyncio.Event()
    lives = [asyncio.create_task(person.live(over)) for person in crowd.people]
    weather = Weather(fleet, crowd, chance, time.monotonic() + storm.seconds, outcome.history)
    moments = {
        pair[0]: _moment(storm, end, chance)
        for pair, end in zip(crowd.pairs, ends, strict=True)
        if (storm.photo_finish if end else chance.random() < storm.submits)
    }
    handing_in = [asyncio.create_task(_later(seconds, person)) for person, seconds in moments.items()]
    try:
        await storm.fault(weather)
        await asyncio.sleep(max(weather.until - time.monotonic(), 0))
        await asyncio.to_thread(fleet.until_ready)
        if storm.photo_finish:  # all draw on for a while after the last end
            await asyncio.gather(*handing_in)
            await asyncio.sleep(3 * storm.habits.draw_every)
        peace = time.monotonic()
        for person in crowd.people:
            person.quiet = True
            if not storm.in_order:
                person.cut(0)  # what its line still holds back goes out on the next
        await asyncio.gather(*handing_in)
        await asyncio.gather(*(pair[0].submit() for pair in crowd.pairs if pair[0] not in moments))
        await _until_calm(crowd, storm.patience)
        outcome.figures["faults"] = str(weather.faults)
        outcome.figures["calm after"] = f"{time.monotonic() - peace:.1f} s"
        gaps = [gap for person in crowd.people for gap in person.gaps]
        if len(gaps) > 1:
            outcome.figures["back after"] = f"p95 {quantiles(gaps, n=20)[-1]:.1f} s of {len(gaps)}"
        return crowd.scenes()
    finally:
        over.set()
        for task in handing_in:
            task.cancel()
        await asyncio.gather(*lives, *handing_in, return_exceptions=True)


def _moment(storm: Storm, end: float | None, chance: random.Random) -> float:
    """When somebody hands in, in seconds from now; `end` is their deadline."""
    return end - time.time() + chance.uniform(-1, 1) if end else chance.uniform(0.3, 1) * storm.seconds


async def _later(seconds: float, person: Person) -> None:
    await asyncio.sleep(seconds)
    await person.submit()


async def _until_calm(crowd: Crowd, seconds: float) -> None:
    """Until everything is answered and everybody sees the server's board; at most so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        await asyncio.sleep(0.5)
        if any(person.waits for person in crowd.people):
            continue
        held = await asyncio.to_thread(_boards, [pair[0].place.session for pair in crowd.pairs])
        scenes = crowd.scenes()
        if all(copy == held[session] for session, people in scenes.items() for copy in people.values()):
            return


def _boards(sessions: Sequence[str]) -> dict[str, dict[str, tuple[int, int]]]:
    """{session: {element: rank}}, on a connection that needs no Django and no thread's own."""
    found: dict[str, dict[str, tuple[int, int]]] = {session: {} for session in sessions}
    with psycopg.connect(os.environ["DATABASE_URL"]) as line:
        rows = line.execute(
            "SELECT s.id::text, e.element_id, e.version, e.nonce FROM whiteboard_element e "
            "JOIN interviews_session s ON s.board_id = e.board_id WHERE s.id = ANY(%s::uuid[])",
            [list(sessions)],
        )
        for session, id, version, nonce in rows:
            found[session][id] = (version, -nonce)
    return found


def _until_scored(sessions: Sequence[str], seconds: float) -> float:
    """Until every one of these sessions has a score, or patience ends; the seconds."""
    began = time.monotonic()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        while time.monotonic() < began + seconds:
            row = line.execute(
                "SELECT count(DISTINCT u.session_id) FROM interviews_scoresheet h "
                "JOIN interviews_submission u ON u.id = h.submission_id "
                "WHERE h.source = 'automatic' AND u.session_id = ANY(%s::uuid[])",
                [list(sessions)],
            ).fetchone()
            if row and row[0] == len(sessions):
                break
            time.sleep(0.2)
    return time.monotonic() - began


def _figures(history: History, kept: Sequence[checkers.Kept]) -> dict[str, str]:
    told = checkers.by_session(history.entries)
    lost = sum(len(checkers.lost_edits(told.get(one.session, []), one)) for one in kept)

    def count(kind: Kind, what: What) -> int:
        return len(history.of(kind, what))

    acked, drawn = count(Kind.OK, What.EDIT), count(Kind.INVOKE, What.EDIT)
    return {
        "edits": f"{drawn:,} drawn, {acked:,} acknowledged, lost {most_likely_below(lost, acked)}",
        "unsure": f"{count(Kind.UNKNOWN, What.EDIT):,} edits when a line broke",
        "saves": f"{count(Kind.OK, What.NOTE):,} of notes, {count(Kind.OK, What.CHAT):,} in chats",
        "refused": f"{count(Kind.FAIL, What.EDIT):,} edits after an end",
    }

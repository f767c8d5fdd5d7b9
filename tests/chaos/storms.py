"""The rows of the plan in which a crowd draws while something goes wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg

from tests.chaos import faults
from tests.chaos.checkers import Violation
from tests.chaos.crowd import Habits
from tests.chaos.fleet import Fleet
from tests.chaos.scenario import Run, Scenario, Size
from tests.chaos.storm import Fault, Outcome, Storm, run

IMPATIENT = 12.0


def stormy(fault: Callable[[Size], Fault], forgets: bool = False, **more: Any) -> Run:
    """Play a storm with this fault. Where the crowd `forgets` when it is spoilt, it does not send again."""

    def play(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
        storm = Storm(size.sessions, size.seconds, fault(size), **more)
        if spoilt:
            habits = replace(storm.habits, resends=not forgets)
            storm = replace(storm, patience=IMPATIENT, habits=habits)
        return run(storm, fleet, seed)

    return play


def on_durable_postgres(play: Run) -> Run:
    """Also ask whether Postgres waits for its disk: kill -9 does not show what is lost otherwise."""

    def ask(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
        outcome = play(fleet, size, seed, spoilt)
        with psycopg.connect(os.environ["DATABASE_URL"]) as line:
            said = {name: line.execute(f"SHOW {name}").fetchone() for name in ("fsync", "synchronous_commit")}
        for name, row in said.items():
            if not row or row[0] != "on":
                outcome.violations.append(Violation("I1", f"{name} is {row}"))
        return outcome

    return ask


BAD_LINE = Habits(draw_every=0.7, line=faults.bad_line)

SCENARIOS = [
    Scenario(
        "K",
        "kill -9 at random: two web processes, two workers, one beat",
        "I1-I6",
        "ack_before_commit",
        quick=Size(50, 60),
        full=Size(50, 3600),
        proof=Size(8, 10, 2),
        run=stormy(lambda size: faults.kill(faults.ANY, size.every)),
    ),
    Scenario(
        "T1",
        "kill -9 web",
        "I1 I2",
        "forgetful_chat",
        quick=Size(12, 20, 4),
        full=Size(50, 1200, 12),
        proof=Size(8, 12, 1.5),
        run=stormy(lambda size: faults.kill(faults.WEBS, size.every)),
    ),
    Scenario(
        "T2",
        "kill -9 Postgres",
        "I1",
        "ack_before_commit",
        quick=Size(12, 20, 5),
        full=Size(50, 900, 30),
        proof=Size(8, 8, 3),
        run=on_durable_postgres(stormy(lambda size: faults.kill(["postgres"], size.every))),
    ),
    Scenario(
        "T3",
        "Valkey killed, emptied, hung",
        "I1 I3",
        "deaf_rooms",
        quick=Size(12, 24, 5),
        full=Size(50, 1200, 30),
        proof=Size(8, 6, 3),
        run=stormy(lambda size: faults.trouble_redis(size.every, pause=min(60, size.seconds / 6))),
    ),
    Scenario(
        "T4",
        "workers: parents and children killed, asked to end",
        "I3",
        "no_sweep",
        quick=Size(20, 20, 4),
        full=Size(500, 600, 5),
        proof=Size(6, 6, 3),
        run=stormy(lambda size: faults.trouble_workers(size.every), submits=1.0),
    ),
    Scenario(
        "T5",
        "a crash between commit and nudge",
        "I3",
        "no_sweep",
        quick=Size(16, 10),
        full=Size(200, 300),
        proof=Size(6, 5),
        run=stormy(lambda size: faults.nothing, submits=1.0),
        inside="lost_nudges",
    ),
    Scenario(
        "T8",
        "clients cut off, drawing on",
        "I1 I2",
        "",
        quick=Size(12, 20, 0.7),
        full=Size(50, 900, 0.5),
        proof=Size(6, 8, 0.7),
        run=stormy(
            lambda size: faults.cut(size.every, (1, 3) if size.seconds < 60 else (1, 10, 60, 300)),
            forgets=True,
        ),
    ),
    Scenario(
        "T10",
        "messages said twice, mixed up, stale, and after the end",
        "I2 I6",
        "last_write_wins",
        quick=Size(12, 20),
        full=Size(50, 300),
        proof=Size(6, 8),
        run=stormy(lambda size: faults.nothing, habits=BAD_LINE, in_order=False),
    ),
    Scenario(
        "T18",
        "handed in within a second of the deadline",
        "I3 I6",
        "late_board",
        quick=Size(40, 12),
        full=Size(1000, 120),
        proof=Size(8, 6),
        run=stormy(
            lambda size: faults.nothing, deadlines=1.0, photo_finish=True, habits=Habits(draw_every=0.7)
        ),
    ),
    Scenario(
        "T25",
        "web processes restarted in order, one after the other (of one version)",
        "I1 I5",
        "loud_private_notes",
        quick=Size(12, 20, 4),
        full=Size(50, 600, 20),
        proof=Size(6, 8, 4),
        run=stormy(lambda size: faults.restart(size.every)),
    ),
    Scenario(
        "T26",
        "soak: any process or server killed, lines cut (without the restore from a back-up)",
        "I1-I6",
        "ack_before_commit",
        quick=Size(16, 40, 5),
        full=Size(50, 7200, 40),
        proof=Size(8, 8, 2),
        run=stormy(lambda size: faults.anything(size.every)),
    ),
]

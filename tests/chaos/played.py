"""Rows of the plan that are played by tests of their own, in their own process: the size is one of their variables."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.chaos.checkers import Violation
from tests.chaos.fleet import Fleet
from tests.chaos.scenario import Run, Scenario, Size
from tests.chaos.storm import Outcome
from tests.e2e.product import ROOT
from tests.platform import process

OWN = (*process.OWN, "EMAIL_URL", "LOG_LEVEL")


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables in which tests read how much they play, and from which seed; empty where they read none."""

    count: str = ""
    seed: str = ""


def played(tests: Sequence[str], invariant: str, variables: Variables, sabotage: str, said: str) -> Run:
    """Run these tests; each that fails is a violation. Numbers that they print are found by the names in `said`, and
    those of several tests added up."""

    def play(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
        environment = {name: value for name, value in os.environ.items() if name not in OWN}
        environment |= {variables.count: str(size.count)} if variables.count else {}
        environment |= {variables.seed: str(seed)} if variables.seed else {}
        if spoilt:
            environment["CHAOS_SABOTAGE"] = sabotage
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-rfEP",
            "-p",
            "tests.chaos.spoilt",
            "--tb=no",
            *tests,
        ]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(
                f"pytest ended with {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}"
            )
        failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
        last = done.stdout.strip().splitlines()[-1].strip("= ")
        return Outcome(
            figures={"tests": last.partition(" in ")[0], **added(said, done.stdout)},
            violations=[Violation(invariant, f"{one.rpartition('::')[2]} failed") for one in failed],
        )

    return play


def added(pattern: str, text: str) -> dict[str, str]:
    """The sums of the numbers that the pattern's names find; none without a pattern."""
    sums: Counter[str] = Counter()
    for found in re.finditer(pattern, text) if pattern else ():
        sums.update({name: int(number.replace(",", "")) for name, number in found.groupdict().items()})
    return {name: f"{number:,}" for name, number in sums.items()}


def row(
    key: str,
    name: str,
    invariant: str,
    tests: Sequence[str],
    sabotage: str,
    *sizes: int,
    count: str = "",
    seed: str = "",
    said: str = "",
) -> Scenario:
    """A row of the plan. `sizes` are quick, full and proof, and `count` the variable that they stand in; without one
    the tests are always the same. `seed` is the variable of the seed."""
    quick, full, proof = (Size(count=size) for size in sizes or (0, 0, 0))
    run = played(tests, invariant, Variables(count, seed), sabotage, said)
    return Scenario(key, name, invariant, sabotage, quick, full, proof, run, alone=True)


SCENARIOS: Sequence[Scenario] = [
    row(
        "T9",
        "convergence: 2 to 5 clients on lossy lines, by seeds",
        "I2",
        ["tests/whiteboard/rules/test_convergence.py"],
        "last_write_wins",
        *(1_000, 5_000, 10),
        count="CONVERGENCE_SEEDS",
    ),
    row(
        "T12",
        "Schemathesis on the whole API in four roles, its answers searched for the guide",
        "I7 I5",
        ["tests/api/test_fuzz.py"],
        "unread_requests",
        *(300, 1_250, 60),
        count="FUZZ_CASES",
        seed="FUZZ_SEED",
        said=r"(?P<requests>\d+) requests of",
    ),
    row(
        "T13",
        "whole sessions, every byte searched for what its reader may not know",
        "I5",
        ["tests/hidden/test_plays.py"],
        "any_seat",
        *(12, 200, 4),
        count="HIDDEN_SESSIONS",
        said=r"(?P<sessions>\d+) sessions, (?P<markers>\d+) markers, (?P<pieces>\d+) pieces, (?P<bytes>[\d,]+) bytes",
    ),
    row(
        "T14",
        "two worlds that differ in hidden data: answers equal to the byte, and in time",
        "I5",
        ["tests/hidden/test_worlds.py"],
        "telling_length",
        *(24, 2_000, 12),
        count="TIMED_CALLS",
        said=r"(?P<addresses>\d+) addresses, (?P<calls>\d+) calls",
    ),
    row(
        "T15",
        "every route and socket message by every role: own, foreign, missing",
        "I10",
        ["tests/access"],
        "any_seat",
    ),
    row(
        "T16",
        "200 join the line at once, round after round",
        "I4",
        ["tests/chaos/test_line.py"],
        "unguarded_line",
        *(4, 50, 1),
        count="PAIRING_ROUNDS",
        seed="PAIRING_SEED",
        said=r"(?P<joined>\d+) joined, (?P<met>\d+) met, at most (?P<waited>\d+) rounds",
    ),
    row(
        "T17",
        "two race for one time: rounds",
        "I4",
        ["tests/chaos/test_booking_race.py"],
        "unguarded_bookings",
        *(100, 1_000, 30),
        count="RACE_ROUNDS",
    ),
    row(
        "T20",
        "30 zones by their six changes of clocks from 2026 to 2028, and calendars by two readers",
        "I4",
        ["tests/interviews/test_changing_clocks.py", "tests/interviews/test_calendars.py"],
        "one_offset",
        said=r"(?P<changes>\d+) changes",
    ),
]

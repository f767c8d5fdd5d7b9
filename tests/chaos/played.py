"""Rows of the plan that are played by tests of their own, in their own process: the size is one of their variables."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence

from tests.chaos.checkers import Violation
from tests.chaos.fleet import Fleet
from tests.chaos.scenario import Run, Scenario, Size
from tests.chaos.storm import Outcome
from tests.e2e.product import ROOT

OWN = ("DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "EMAIL_URL", "LOG_LEVEL")


def played(tests: Sequence[str], invariant: str, variable: str, sabotage: str) -> Run:
    """Run these tests, with the size in `variable`; each that fails is a violation."""

    def play(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
        environment = {name: value for name, value in os.environ.items() if name not in OWN}
        environment[variable] = str(size.count)
        if spoilt:
            environment["CHAOS_SABOTAGE"] = sabotage
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.chaos.spoilt", "--tb=no", *tests]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(
                f"pytest ended with {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}"
            )
        failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
        last = done.stdout.strip().splitlines()[-1].strip("= ")
        return Outcome(
            figures={"tests": last.partition(" in ")[0]},
            violations=[Violation(invariant, f"{one.rpartition('::')[2]} failed") for one in failed],
        )

    return play


def row(
    key: str, name: str, invariant: str, tests: Sequence[str], sabotage: str, *sizes: int, variable: str
) -> Scenario:
    """A row of the plan; `sizes` are quick, full and proof."""
    quick, full, proof = (Size(count=count) for count in sizes)
    run = played(tests, invariant, variable, sabotage)
    return Scenario(key, name, invariant, sabotage, quick, full, proof, run, alone=True)


SCENARIOS: Sequence[Scenario] = [
    row(
        "T9",
        "convergence: 2 to 5 clients on lossy lines, by seeds",
        "I2",
        ["tests/whiteboard/rules/test_convergence.py"],
        "last_write_wins",
        *(1_000, 5_000, 10),
        variable="CONVERGENCE_SEEDS",
    ),
    row(
        "T17",
        "two race for one time: rounds",
        "I4",
        ["tests/chaos/test_booking_race.py"],
        "unguarded_bookings",
        *(100, 1_000, 30),
        variable="RACE_ROUNDS",
    ),
]

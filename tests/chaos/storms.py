"""The rows of the plan in which a crowd draws while processes die."""

from __future__ import annotations

from collections.abc import Callable

from tests.chaos import faults
from tests.chaos.fleet import Fleet
from tests.chaos.scenario import Scenario, Size
from tests.chaos.storm import Fault, Outcome, Storm, run

IMPATIENT = 12.0


def stormy(fault: Callable[[Size], Fault]) -> Callable[[Fleet, Size, int, bool], Outcome]:
    """Play a storm with this fault."""

    def play(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
        storm = Storm(size.sessions, size.seconds, fault(size))
        if spoilt:
            storm = Storm(size.sessions, size.seconds, fault(size), patience=IMPATIENT)
        return run(storm, fleet, seed)

    return play


SCENARIOS = [
    Scenario(
        "K",
        "kill -9 at random: two web processes, two workers, one beat",
        "I1-I6",
        "ack_before_commit",
        quick=Size(50, 60),
        full=Size(50, 3600),
        proof=Size(8, 12, 2),
        run=stormy(lambda size: faults.kill(faults.ANY, size.every)),
    ),
]

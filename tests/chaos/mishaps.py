"""The rows of the plan in which the machine itself is at fault: its clocks, its disks."""

from __future__ import annotations

from collections.abc import Sequence

from tests.chaos import hours
from tests.chaos.checkers import Violation
from tests.chaos.clocks import jump, wrong_clocks
from tests.chaos.disks import complaints, fill, small_disks
from tests.chaos.fleet import Fleet
from tests.chaos.history import Kind, What
from tests.chaos.scenario import Scenario, Size
from tests.chaos.storm import UNFORESEEN, Outcome
from tests.chaos.storms import stormy
from tests.chaos.watcher import Watcher

# Seconds for which a clock that jumped stays wrong.
WRONG_FOR = 3.0
# Within so many seconds after there is room again, edits must be kept again.
AFTER_FREEING = 30.0


def skewed(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """Two web processes whose clocks differ by two seconds, and jumps by minutes, hours and a day: half of the sessions
    end by the clock, and at their time."""
    with wrong_clocks(fleet) as clocks:
        play = stormy(
            lambda size: jump(clocks, size.every, WRONG_FOR),
            deadlines=0.5,
            person=Watcher,
            also=(hours.early_ends, hours.late_saves, hours.deadlines),
        )
        outcome = play(fleet, size, seed, spoilt)
    read = [abs(float(one.key)) for one in outcome.history.of(Kind.OK, What.CLOCK)]
    outcome.figures["clocks"] = f"read {len(read):,} times, at most {max(read, default=0):.0f} ms off"
    return outcome


def full(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """No room on a disk for a while: what cannot be kept is not acknowledged, and goes on once there is room."""
    before = complaints(fleet)
    with small_disks(fleet) as disks:
        pause = max(size.every, 4.0)
        outcome = stormy(lambda size: fill(disks, size.every, pause), submits=0.1)(fleet, size, seed, spoilt)
    said = {name: count - before[name] for name, count in complaints(fleet).items()}
    if not said["postgres"]:
        outcome.violations.append(Violation(UNFORESEEN, "Postgres always had room: nothing was tried"))
    history = outcome.history.entries
    outcome.violations += hours.slow_recoveries(history, AFTER_FREEING)
    took = [seconds for _, seconds in hours.recoveries(history) if seconds is not None]
    outcome.figures["no room"] = ", ".join(f"{count} times in {name}" for name, count in said.items())
    outcome.figures["kept again"] = (
        f"at most {max(took, default=0):.1f} s after there was room, of {len(took)}"
    )
    return outcome


SCENARIOS: Sequence[Scenario] = [
    Scenario(
        "T19",
        "clocks that differ by 2 s and jump by 5 minutes, an hour, a day",
        "I6",
        "own_clocks",
        quick=Size(12, 30, 4),
        full=Size(50, 900, 6),
        proof=Size(8, 14, 2),
        run=skewed,
    ),
    Scenario(
        "T21",
        "no room on a disk: for Postgres' tables, for its log, for Valkey",
        "I1 I8",
        "ack_before_commit",
        quick=Size(12, 40, 5),
        full=Size(50, 900, 25),
        proof=Size(8, 16, 3),
        run=full,
    ),
]

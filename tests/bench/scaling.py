"""How many cores, bytes and servers so many sessions at once take: arithmetic on measured figures and stated guesses.

docs/scaling.md holds what this prints, and a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command of this repository measured; docs/scaling.md says on what machine, and how well."""

    # bench rooms: rooms of three, of which one draws all the time, that a core holds with p99 under 100 ms.
    rooms_a_core: float = 320
    # The same trial: cores of PostgreSQL and Valkey together.
    database_cores: float = 0.30
    # bench rooms: changes that a drawer sends in a second, and bytes of PostgreSQL's log for each.
    changes: float = 5
    change_bytes: float = 5_300
    # bench rooms: bytes of a process, an open board of 100 elements, an idle connection.
    process_bytes: float = 158 * 2**20
    board_bytes: float = 440e3
    connection_bytes: float = 41e3
    # bench replay: bytes of an ended session's packed log and notes, of 6,000 updates in 45 minutes.
    kept_bytes: float = 0.43e6
    # bench scorer: seconds of a core for a design.
    score_seconds: float = 0.78


@dataclass(frozen=True, slots=True)
class Assumed:
    """What nobody has measured."""

    # The part of the time in which somebody draws as in the trial; 1 is the trial itself.
    drawing: float
    people: float = 2.2
    minutes: float = 60
    # The part of what a core carries that is planned to be used.
    load: float = 0.6
    # Connections of one web process: its boards' pool, its threads for the rooms, and a few requests.
    connections: int = 4 + 6 + 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What it takes. Bytes and seconds; `cores` of PostgreSQL and Valkey together."""

    web: int
    web_memory: float
    database_cores: float
    connections: int
    changes: float
    log_a_second: float
    kept_an_hour: float
    workers: int


def plan(sessions: int, assumed: Assumed, measured: Measured = Measured()) -> Plan:
    """Everything grows with the sessions, and is loaded to the same part of what it was measured to carry."""
    drawn = sessions * assumed.drawing
    web = ceil(drawn / (measured.rooms_a_core * assumed.load))
    an_hour = sessions * 60 / assumed.minutes
    return Plan(
        web=web,
        web_memory=web * measured.process_bytes
        + sessions * (measured.board_bytes + assumed.people * measured.connection_bytes),
        database_cores=drawn * measured.database_cores / measured.rooms_a_core / assumed.load,
        connections=web * assumed.connections,
        changes=drawn * measured.changes,
        log_a_second=drawn * measured.changes * measured.change_bytes,
        kept_an_hour=an_hour * measured.kept_bytes,
        workers=ceil(an_hour / 3600 * measured.score_seconds / assumed.load),
    )


CASES = {
    "1,000, all drawing": (1_000, Assumed(drawing=1)),
    "10,000, all drawing": (10_000, Assumed(drawing=1)),
    "10,000, a fifth drawing": (10_000, Assumed(drawing=0.2)),
    "100,000, all drawing": (100_000, Assumed(drawing=1)),
    "100,000, a fifth drawing": (100_000, Assumed(drawing=0.2)),
}


def table() -> str:
    """Markdown, a line for each of CASES."""
    heads = [
        *("sessions at once", "web processes", "their memory", "cores of the databases", "connections"),
        *("changes a second", "log a second", "kept an hour", "cores of workers"),
    ]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for name, (sessions, assumed) in CASES.items():
        found = plan(sessions, assumed)
        cells = (
            name,
            f"{found.web:,}",
            f"{found.web_memory / 1e9:,.0f} GB",
            f"{found.database_cores:,.0f}",
            f"{found.connections:,}",
            f"{found.changes:,.0f}",
            f"{found.log_a_second / 1e6:,.0f} MB",
            f"{found.kept_an_hour / 1e9:,.1f} GB",
            f"{found.workers:,}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def run() -> Iterator[str]:
    """The table, line by line."""
    yield from table().splitlines()

"""What a run found, as lines to read and as the committed table."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.registry import SCENARIOS
from tests.chaos.scenario import Scenario, Size
from tests.chaos.storm import UNFORESEEN, Outcome

SHOWN = 8
HEAD = """\
| | What | Invariants | Size | Seed | Figures | Violations | Took | When (UTC), where |
|---|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario's outcome. A sabotaged one holds if its violations were seen; that it broke down proves nothing."""

    scenario: Scenario
    size: Size
    seed: int
    spoilt: bool
    outcome: Outcome
    seconds: float

    @property
    def holds(self) -> bool:
        found = self.outcome.violations
        return any(one.invariant != UNFORESEEN for one in found) if self.spoilt else not found

    def lines(self) -> list[str]:
        """For a terminal."""
        verdict = "ok    " if self.holds else "FAILED"
        how = f", sabotaged ({self.scenario.sabotage})" if self.spoilt else ""
        found = self.outcome.violations
        kinds = Counter(one.invariant for one in found)
        return [
            f"  {verdict} {self.scenario.key}: {self.scenario.name}{how} [seed {self.seed}] {self.seconds:.0f} s",
            *(f"    {name}: {value}" for name, value in self.outcome.figures.items()),
            f"    violations: {len(found)} {dict(kinds) if kinds else ''}",
            *(f"      {one}" for one in found[:SHOWN]),
        ]

    def cells(self, when: str) -> str:
        """For the table."""
        figures = "; ".join(f"{name}: {value}" for name, value in self.outcome.figures.items())
        cells = [
            self.scenario.key,
            self.scenario.name,
            self.scenario.invariants,
            str(self.size),
            str(self.seed),
            figures,
            str(len(self.outcome.violations)),
            f"{self.seconds:.0f} s",
            when,
        ]
        return f"| {' | '.join(cells)} |"


def write(path: Path, size: str, row: Row) -> None:
    """Put this row in the place of its scenario's older one; what stands above the table stays."""
    head, _, table = path.read_text().partition(HEAD)
    kept = {line.split("|")[1].strip(): line for line in table.splitlines() if line.startswith("|")}
    now = f"{datetime.now(UTC):%d %B %Y, %H:%M}, `--{size}`, {_machine()}"
    lines = kept | {row.scenario.key: row.cells(now)}
    path.write_text(head + HEAD + "\n".join(lines[key] for key in SCENARIOS if key in lines) + "\n")


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return f"{cores} cores, {memory} GiB, load {os.getloadavg()[1]:.0f}"

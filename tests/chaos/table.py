"""What a run found, as lines to read and as the committed table."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.scenario import Scenario, Size
from tests.chaos.storm import Outcome

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario's outcome. A sabotaged one holds if its violations were seen."""

    scenario: Scenario
    size: Size
    seed: int
    spoilt: bool
    outcome: Outcome
    seconds: float

    @property
    def holds(self) -> bool:
        return bool(self.outcome.violations) == self.spoilt

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

    def cells(self) -> str:
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
        ]
        return f"| {' | '.join(cells)} |"


def write(path: Path, size: str, rows: Sequence[Row]) -> None:
    """Put the table of this run in the place of the last one; what stands above it stays."""
    head = path.read_text().split("## Last run", 1)[0] if path.exists() else "# Faults and abuse\n\n"
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    lines = [
        f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC, `--{size}`; {cores} cores, {memory} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; load {os.getloadavg()[1]:.1f} at the end.",
        "",
        "| | What | Invariants | Size | Seed | Figures | Violations | Took |",
        "|---|---|---|---|---|---|---|---|",
        *(row.cells() for row in rows),
    ]
    path.write_text(f"{head}## Last run\n\n" + "\n".join(lines) + "\n")

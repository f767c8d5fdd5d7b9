"""All scenarios, in the order of the plan."""

from __future__ import annotations

import sys

from tests.chaos import abuses, imports, mishaps, played, soak, storms, trials
from tests.chaos.scenario import Scenario

_ALL = (
    *storms.SCENARIOS,
    *trials.SCENARIOS,
    *abuses.SCENARIOS,
    *mishaps.SCENARIOS,
    *imports.SCENARIOS,
    *soak.SCENARIOS,
    *played.SCENARIOS,
)
# "K" first, then by number.
SCENARIOS: dict[str, Scenario] = {
    one.key: one for one in sorted(_ALL, key=lambda one: int(one.key.strip("KT") or 0))
}


def chosen(keys: str) -> list[Scenario]:
    """The scenarios of these keys, parted by commas; all where there are none."""
    wanted = [key.strip().upper() for key in keys.split(",") if key.strip()]
    unknown = [key for key in wanted if key not in SCENARIOS]
    if unknown:
        sys.exit(f"There is no scenario {', '.join(unknown)}; there are {', '.join(SCENARIOS)}.")
    return [SCENARIOS[key] for key in wanted or SCENARIOS]

"""`python3 dev.py chaos --quick | --full [--only K,T3] [--seed N]`: the plan of faults and abuse, judged afterwards.

Prints what it found and puts its rows into docs/chaos.md. --prove plays each scenario small and sabotaged, and fails
where the checkers see nothing; --ci plays each small, as it is and sabotaged. Neither writes the table.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_site.embedded import ensure

if TYPE_CHECKING:
    from tests.chaos.fleet import Fleet
    from tests.chaos.scenario import Scenario, SizeName
    from tests.chaos.table import Row

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / ".local" / "chaos"


def main() -> int:
    """Play what is wanted; 1 where something did not hold."""
    parser = argparse.ArgumentParser(prog="dev.py chaos", description=__doc__)
    sizes = parser.add_mutually_exclusive_group(required=True)
    for name, what in (
        ("quick", "ten minutes"),
        ("full", "hours"),
        ("prove", "each small and sabotaged: it must turn red"),
        ("ci", "each small, as it is and sabotaged"),
    ):
        sizes.add_argument(f"--{name}", action="store_const", const=name, dest="size", help=what)
    parser.add_argument("--only", default="", help="the scenarios, by their keys: K,T3")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    wanted = parser.parse_args()
    ways = {"prove": [True], "ci": [False, True]}.get(wanted.size, [False])
    size: SizeName = wanted.size if wanted.size in ("quick", "full") else "proof"
    with fleet_for(wanted.only) as (fleet, scenarios):
        rows = [play(one, fleet, size, wanted.seed, spoilt) for one in scenarios for spoilt in ways]
    return 0 if all(row.holds for row in rows) else 1


@contextmanager
def fleet_for(keys: str) -> Iterator[tuple[Fleet, list[Scenario]]]:
    """The scenarios of these keys, and a fleet that runs where one of them needs it."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        os.environ.update(DJANGO_SETTINGS_MODULE="mlsd_site.settings", DEBUG="1", LOG_LEVEL="WARNING")
        os.environ["EMAIL_URL"] = f"file:///{folder}/mail"
        services = ensure(profile="trial")
        import django
        from django.core.management import call_command

        django.setup()
        from tests.chaos.fleet import Fleet
        from tests.chaos.registry import chosen

        scenarios = chosen(keys)
        fleet = Fleet(services, Path(folder) / "log")
        try:
            if not all(one.alone for one in scenarios):
                call_command("migrate", interactive=False, verbosity=0)
                fleet.start()
            yield fleet, scenarios
        finally:
            fleet.stop()
            shutil.copy(fleet.log, _place("fleet.log"))


def play(scenario: Scenario, fleet: Fleet, size: SizeName, seed: int, spoilt: bool) -> Row:
    """Play one scenario, print its row and put it into the table. Whatever it raises counts as a violation."""
    from tests.chaos import table
    from tests.chaos.checkers import Violation
    from tests.chaos.storm import UNFORESEEN, Outcome
    from tests.chaos.table import Row

    began = time.monotonic()
    try:
        if not scenario.alone:
            fleet.spoil((spoilt and scenario.sabotage) or scenario.inside)
        outcome = scenario.run(fleet, scenario.size(size), seed, spoilt)
    except Exception as error:
        traceback.print_exc()
        outcome = Outcome(violations=[Violation(UNFORESEEN, f"{type(error).__name__}: {error}")])
    row = Row(scenario, scenario.size(size), seed, spoilt, outcome, time.monotonic() - began)
    if size != "proof":
        table.write(ROOT / "docs" / "chaos.md", size, row)
    for line in row.lines():
        print(line, flush=True)
    if not row.holds and outcome.history.entries:
        path = _place(f"{scenario.key}-{seed}.jsonl")
        outcome.history.save(path)
        print(f"    the clients' histories: {path}", flush=True)
    return row


def _place(name: str) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    return KEPT / name


if __name__ == "__main__":
    sys.exit(main())

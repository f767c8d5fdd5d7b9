"""A part of the plan of faults, small: it holds, and with its sabotage it does not. `dev.py chaos` plays all of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.chaos.played import OWN
from tests.chaos.registry import SCENARIOS
from tests.chaos.sabotage import SABOTAGES
from tests.e2e.product import ROOT

PLAYED = "K,T9,T19,T20"


@pytest.mark.chaos
def test_a_part_of_the_plan_holds_and_turns_red_when_it_is_sabotaged() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    command = [sys.executable, "-W", "ignore", "-m", "tests.chaos", "--ci", "--only", PLAYED]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-3000:]}"
    assert done.stdout.count("  ok ") == 2 * len(PLAYED.split(","))


def test_every_scenario_has_a_sabotage() -> None:
    """T8 alone spoils its own clients: they do not send again."""
    assert [one.key for one in SCENARIOS.values() if not one.sabotage] == ["T8"]
    used = {one.sabotage for one in SCENARIOS.values()} | {one.inside for one in SCENARIOS.values()}
    assert used - {""} == set(SABOTAGES)

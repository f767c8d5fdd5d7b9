"""What each case gives a board to begin with: what stands already, and nothing of a solution."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from casebank.checklist import CONTENT
from whiteboard.findings import findings
from whiteboard.findings.roles import TRAINED, TRAINS
from whiteboard.formats import portable
from whiteboard.understanding import understand

CASES = sorted((CONTENT / "cases").glob("*/case.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_starter_is_small_understood_and_gives_nothing_away(path: Path) -> None:
    drawn = yaml.safe_load(path.read_text())["starter"]
    assert 3 <= len(drawn["nodes"]) <= 7
    assert 2 <= len(drawn["edges"]) <= 6
    assert len(drawn["frames"]) <= 1
    system = understand(portable.parse(drawn))
    assert [one.label for one in system.components if not one.kind] == []
    assert not system.of_kind(
        *TRAINED, *TRAINS, "llm", "feature-store-online", "model-registry", "monitoring"
    )
    assert {one.check for one in findings(system) if one.kind == "good"} <= {"legible"}
    # "1 ad" is what the auction gives; every other figure has to be asked for.
    assert [word for word in system.words if re.search(r"\d", word) and word != "1 ad"] == []

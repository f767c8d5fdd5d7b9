from __future__ import annotations

from collections import Counter

import pytest

from casebank import checklist, frameworks
from casebank.frameworks import Step


def test_the_checklist_has_fifty_items() -> None:
    assert len({item.id for item in checklist.load().items}) == 50


@pytest.mark.parametrize(
    "slug", ["seven-step", "pipeline-seven", "nine-step", "portable-five", "blueprint-45"]
)
def test_every_item_stands_in_exactly_one_step(slug: str) -> None:
    framework = frameworks.load()[slug]
    counts = Counter(item for step in framework.steps for item in step.items)
    assert counts == {item.id: 1 for item in checklist.load().items}
    assert sum(step.minutes for step in framework.phases) == 45


def test_the_seven_steps_are_the_default() -> None:
    assert frameworks.default().slug == "seven-step"


def test_a_framework_that_is_no_arrangement_is_found_out() -> None:
    found = frameworks.faults([Step("a", "A", 44, ("x", "x", "new"))], ["x", "y"])
    assert found == [
        "x stands in 2 steps, not in one",
        "y stands in 0 steps, not in one",
        "there is no item new",
        "the minutes sum to 44, not 45",
    ]


def test_a_step_of_the_checklist_belongs_to_the_phase_that_holds_most_of_it() -> None:
    blueprint = frameworks.load()["blueprint-45"]
    found = {step: blueprint.phase_of(step) for step in ("clarify", "features", "model", "deploy")}
    assert found == {
        "clarify": "requirements",
        "features": "data",
        "model": "architecture",
        "deploy": "monitoring",
    }

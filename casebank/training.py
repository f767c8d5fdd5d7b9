"""Which cases train which step of the default framework, by their tags. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from casebank import frameworks
from casebank.checklist import CONTENT


@dataclass(frozen=True, slots=True)
class WeakestStep:
    """The step with the lowest mean level (0-3) over a number of sessions."""

    step: str
    name: str
    mean: float
    sessions: int


@cache
def load() -> dict[str, tuple[str, ...]]:
    """{step: the words of tags that train it}; ValueError if the steps are not those of the clock."""
    words = yaml.safe_load((CONTENT / "training.yaml").read_text())
    steps = [step.id for step in frameworks.default().phases]
    if list(words) != steps:
        raise ValueError(f"training.yaml has the steps {list(words)}, not {steps}")
    return {step: tuple(words[step]) for step in steps}


def trains(step: str, tag: str) -> bool:
    """Whether a case with this tag trains the step."""
    spelled = f" {tag.lower().replace('-', ' ')} "
    return any(f" {word} " in spelled for word in load().get(step, ()))

"""The seven steps that notes stand under, as the room and the report show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebank import frameworks
from interviews.models import Session
from interviews.queries.clock import phases_of_steps
from interviews.rules import panel
from interviews.rules.notes import STEPS

_HINTS = {
    "clarify": "Who is it for, what counts as success, how much traffic, how fast, what is left out?",
    "frame": "What does the model predict, from what, and why is that the right task?",
    "data": "Where does it come from, what is the label, what is wrong with it, how is it split?",
    "features": "For each entity: which features, how represented, how fresh, how kept consistent?",
    "model": "A baseline first. Then what, against which alternative, with which loss?",
    "evaluate": "Which metrics offline, which online, and how would an experiment decide?",
    "deploy": "How is it served within the latency, rolled out, watched, and fed back into training?",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One tab: `minutes` where the session's plan times this step, the text as it stands, and in a panel the part that
    it belongs to, "A" or "B"."""

    id: str
    name: str
    hint: str
    minutes: float | None
    text: str
    part: str = ""


def steps_of(session: Session, notes: Mapping[str, Mapping[str, Any]]) -> list[Step]:
    """The tabs in their order; `notes` is {step: {text, version}}."""
    phases = phases_of_steps(session)
    planned = {phase["id"]: phase["minutes"] for phase in session.plan}
    return [
        Step(
            id,
            name,
            _HINTS[id],
            planned.get(id),
            notes.get(id, {}).get("text", ""),
            panel.letter_of(panel.part_of(phases[id], session.framework)) if session.panel else "",
        )
        for id, name in names().items()
    ]


def names() -> dict[str, str]:
    """{step: its name}, in the order of the checklist."""
    seven = {step.id: step.name for step in frameworks.load()["seven-step"].steps}
    return {id: seven.get(id, id.capitalize()) for id in STEPS}

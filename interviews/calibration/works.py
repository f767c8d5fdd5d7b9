"""What is rated: a candidate's notes and drawing, as content/<slug>/work.yaml has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from interviews.scoring.submission import STEPS
from whiteboard.formats import portable
from whiteboard.graph import Graph

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Work:
    """`notes` is {step of the seven-step framework: text}, every step in it; `case` the slug of the case that it
    answers, which an installation may not hold; `task` says in a sentence what was to be designed."""

    slug: str
    title: str
    task: str
    case: str
    notes: dict[str, str]
    graph: Graph


def read(folder: Path) -> Work:
    """The work in a folder. Raises KeyError, ValueError or FormatError where it is none."""
    data: dict[str, Any] = yaml.safe_load((folder / "work.yaml").read_text(encoding="utf-8"))
    notes = data["notes"]
    if strange := set(notes) - set(STEPS):
        raise ValueError(f"{folder.name}: there are no such steps: {sorted(strange)}")
    return Work(
        folder.name,
        data["title"],
        data["task"],
        data["case"],
        {step: (notes.get(step) or "").strip() for step in STEPS},
        portable.parse(data["diagram"]),
    )


@cache
def load() -> dict[str, Work]:
    """The project's works by slug, in the order of their titles."""
    found = [read(folder) for folder in CONTENT.iterdir() if folder.is_dir()]
    return {work.slug: work for work in sorted(found, key=lambda work: work.title)}

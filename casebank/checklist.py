"""The checklist: the atoms that a submission is scored on, read once from content/checklist.yaml. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a good answer shows. Ids are stable: scores refer to them."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """All items, in the order of the steps; `levels` names 0, 1, 2 and 3."""

    version: int
    levels: tuple[str, ...]
    items: tuple[Item, ...]


def texts() -> dict[str, str]:
    """What each item says, by its id."""
    return {item.id: item.text for item in load().items}


@cache
def load() -> Checklist:
    """The project's checklist."""
    data = yaml.safe_load((CONTENT / "checklist.yaml").read_text())
    items = tuple(Item(id, entry["text"]) for id, entry in data["items"].items())
    return Checklist(data["version"], tuple(data["levels"]), items)

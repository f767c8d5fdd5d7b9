"""Drawings to begin with: the shapes that most ML systems share, to be filled with one's own parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from whiteboard.formats import portable
from whiteboard.graph import Graph

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Starter:
    """A drawing to begin with; `slug` names it in requests."""

    slug: str
    name: str
    meaning: str
    graph: Graph


@cache
def starters() -> dict[str, Starter]:
    """{slug: starter} of those that fit any case."""
    return {slug: _read(slug) for slug in ("two-loops", "retrieval-ranking")}


def _read(slug: str) -> Starter:
    data = yaml.safe_load((_FOLDER / f"{slug}.yaml").read_text(encoding="utf-8"))
    return Starter(slug, data["name"], data["meaning"], portable.parse(data["diagram"]))

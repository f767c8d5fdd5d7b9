"""Drawings of sheets: the board's own layout and renderer, from the portable form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from interviews.sheets.enlarge import enlarged
from interviews.sheets.sheet import Drawing
from whiteboard.formats import mermaid, portable
from whiteboard.graph import Graph
from whiteboard.layout import to_elements
from whiteboard.render import svg
from whiteboard.starters import starters


def drawing(
    diagram: Mapping[str, Any] | None, *, alt: str, caption: str, share: float = 0.3
) -> Drawing | None:
    """The picture of a portable diagram; None where there is nothing in it. Raises FormatError."""
    graph = portable.parse(diagram)
    return _drawing(graph, alt, caption, share) if graph.parts else None


def two_loops() -> Drawing:
    """The picture that every answer fills with its own parts."""
    caption = "The picture that every answer fills in: blue answers, amber learns, teal joins the two."
    return _drawing(starters()["two-loops"].graph, "The two loops and the bridge between them", caption, 0.24)


@lru_cache(maxsize=128)
def _drawing(graph: Graph, alt: str, caption: str, share: float) -> Drawing:
    return Drawing(svg(enlarged(to_elements(graph)), title=alt), alt, caption, mermaid.dumps(graph), share)

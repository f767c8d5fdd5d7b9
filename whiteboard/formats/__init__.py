"""Drawings as files: what comes in as elements that are new to a board, and what goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from whiteboard import scene
from whiteboard.formats import excalidraw, mermaid, portable
from whiteboard.formats.faults import FormatError
from whiteboard.graph import Graph
from whiteboard.layout import to_elements
from whiteboard.render import svg
from whiteboard.rules import Element
from whiteboard.rules.capacity import MAX_ELEMENTS

__all__ = ["EXPORTS", "IMPORTS", "MAX_BYTES", "Drawn", "Export", "FormatError", "read"]

MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """Elements that are new to a board, in order; `left_out` counts what it does not hold (pictures, embeds)."""

    elements: list[Element]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """A file that a board can be had as."""

    name: str
    media_type: str
    write: Callable[[Iterable[Element]], str]


def _graphic(dumps: Callable[[Graph], str]) -> Callable[[Iterable[Element]], str]:
    return lambda elements: dumps(scene.read(elements))


# By the file's ending.
EXPORTS: dict[str, Export] = {
    "excalidraw": Export("Excalidraw", "application/vnd.excalidraw+json", excalidraw.dumps),
    "svg": Export("Picture (SVG)", "image/svg+xml", svg),
    "mmd": Export("Mermaid", "text/vnd.mermaid", _graphic(mermaid.dumps)),
    "yaml": Export("YAML", "application/yaml", _graphic(portable.dumps)),
}
# {name that a request says: name that people read}
IMPORTS = {"excalidraw": "Excalidraw", "mermaid": "Mermaid", "yaml": "YAML"}


def read(format: str, text: str, *, mark: str) -> Drawn:
    """The drawing in a text; ids begin with `mark`. Raises FormatError, also where there is nothing to draw."""
    if len(text) > MAX_BYTES:
        raise FormatError("the text", f"may hold at most {MAX_BYTES // 1_000_000} MB")
    if format == "excalidraw":
        drawn = Drawn(*excalidraw.loads(text, mark=mark))
    elif format in IMPORTS:
        graph = mermaid.loads(text) if format == "mermaid" else portable.loads(text)
        drawn = Drawn(to_elements(graph, mark=mark))
    else:
        raise FormatError("the format", f"must be one of {', '.join(IMPORTS)}")
    if not drawn.elements:
        raise FormatError("the text", "holds nothing that could be drawn")
    if len(drawn.elements) > MAX_ELEMENTS:
        most = f"a board holds at most {MAX_ELEMENTS:,}"
        raise FormatError("the drawing", f"has {len(drawn.elements):,} elements; {most}")
    return drawn

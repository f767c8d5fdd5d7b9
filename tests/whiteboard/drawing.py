"""Small drawings for tests: elements as Excalidraw 0.18 sends them, with only the keys that matter set."""

from __future__ import annotations

from typing import Any

from whiteboard.rules import Element


def shape(id: str, kind: str = "rectangle", **values: Any) -> Element:
    """A box of 120 x 60 at (0, 0)."""
    return {
        "id": id,
        "type": kind,
        "version": 1,
        "versionNonce": 1,
        "index": None,
        "isDeleted": False,
        "x": 0,
        "y": 0,
        "width": 120,
        "height": 60,
        "boundElements": None,
        **values,
    }


def box(id: str, x: float = 0, y: float = 0, **values: Any) -> Element:
    """A box that stands at (x, y); its index follows from its id, so that drawings are in order."""
    return shape(id, x=x, y=y, **{"index": f"a{id[-1]}", **values})


def text(id: str, words: str, holder: str | None = None, **values: Any) -> Element:
    """A text; bound to `holder` where that is given."""
    own = {"text": words, "originalText": words, "containerId": holder, "width": 60, "height": 20}
    return shape(id, "text", **{"index": f"b0{id[-1]}", **own, **values})


def arrow(id: str, start: str | None, end: str | None, **values: Any) -> Element:
    """An arrow from `start` to `end`, bound to both; its head is at the end."""
    bindings = {
        side: {"elementId": to, "focus": 0, "gap": 4} if to else None
        for side, to in (("startBinding", start), ("endBinding", end))
    }
    return shape(
        id,
        "arrow",
        **{
            "index": f"c00{id[-1]}",
            "points": [[0, 0], [100, 0]],
            "startArrowhead": None,
            "endArrowhead": "arrow",
            "width": 100,
            "height": 0,
            **bindings,
            **values,
        },
    )


def scene_of(*elements: Element) -> dict[str, Element]:
    """These elements by id."""
    return {element["id"]: element for element in elements}

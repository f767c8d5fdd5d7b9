"""Mending what merging whole elements breaks.

Two people change two ends of one relation at the same time, each element's newer copy wins, and the relation is lost:
a box that was moved forgets the arrow that was bound to it meanwhile. Browsers do not mend that, so the server does,
with a new version that everybody gets. A repair is a function of the scene alone: two processes make the same one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from whiteboard.rules import Element

_BINDABLE = frozenset({"rectangle", "ellipse", "diamond", "text", "frame"})
_NONCES = 2**31


def repairs(scene: Mapping[str, Element], changed: Iterable[str]) -> list[Element]:
    """New versions of the elements that lost a relation to one of the `changed` (ids)."""
    wanted: dict[str, list[dict[str, str]]] = {}
    for id in _near(scene, changed):
        for target, entry in _relations(scene[id]):
            wanted.setdefault(target, []).append(entry)
    mended: list[Element] = []
    for target in sorted(wanted):
        shape = scene.get(target)
        if shape is None or shape["isDeleted"] or not _can_hold(shape):
            continue
        has = {entry["id"] for entry in shape.get("boundElements") or ()}
        missing = [entry for entry in wanted[target] if entry["id"] not in has]
        if missing:
            mended.append(_next_version(shape, [*(shape.get("boundElements") or ()), *missing]))
    return mended


def _near(scene: Mapping[str, Element], changed: Iterable[str]) -> list[str]:
    """The live arrows and labels among the changed, and those that point at a changed shape."""
    touched = set(changed)
    return [
        id
        for id, element in sorted(scene.items())
        if not element["isDeleted"]
        and element["type"] in ("arrow", "text")
        and (id in touched or any(target in touched for target, _ in _relations(element)))
    ]


def _relations(element: Element) -> list[tuple[str, dict[str, str]]]:
    """(target id, the entry that the target's boundElements must have)."""
    if element["type"] == "text":
        holder = element.get("containerId")
        return [(holder, {"type": "text", "id": element["id"]})] if holder else []
    ends = [element.get("startBinding"), element.get("endBinding")]
    return [(end["elementId"], {"type": "arrow", "id": element["id"]}) for end in ends if end]


def _can_hold(shape: Element) -> bool:
    return shape["type"] in _BINDABLE or shape["type"] == "arrow"


def _next_version(shape: Element, bound: list[dict[str, str]]) -> Element:
    unique = list({entry["id"]: entry for entry in bound}.values())
    version = shape["version"] + 1
    seed = f"{shape['id']}:{version}:{','.join(sorted(entry['id'] for entry in unique))}"
    return {
        **shape,
        "boundElements": unique,
        "version": version,
        "versionNonce": zlib.crc32(seed.encode()) % _NONCES,
    }

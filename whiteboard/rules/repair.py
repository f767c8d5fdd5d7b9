"""Mending what merging whole elements breaks.

Two people change two ends of one relation at the same time, each element's newer copy wins, and the
relation is lost or doubled. Browsers do not mend that, or each in its own way, so the server does, with a
new version that everybody gets. A repair is a function of the scene alone, so two processes make the same
one, and a mended scene needs no repair. What a deleted box leaves behind (its label, its arrows) is left:
an undo brings the box back, and its label must still know it.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from whiteboard.rules import Element, indices
from whiteboard.rules.merge import in_order
from whiteboard.rules.scene import Scene, ends

_HOLDERS = frozenset({"rectangle", "ellipse", "diamond", "arrow"})
_TARGETS = frozenset({"rectangle", "ellipse", "diamond", "text", "frame"})
_NONCES = 2**31
_GAP = 4


def repairs(scene: Scene, changed: Collection[str]) -> list[Element]:
    """The new versions that a scene needs after the elements `changed` (ids) were merged into it."""
    mended: dict[str, dict[str, Any]] = defaultdict(dict)
    _spread(scene, changed, mended)
    labels = _part_labels(scene, changed, mended)
    _bind(scene, changed, labels, mended)
    return [_next_version(scene[id], values) for id, values in sorted(mended.items())]


def _spread(scene: Scene, changed: Collection[str], mended: dict[str, dict[str, Any]]) -> None:
    """Give elements that share an index, or have none, an index of their own."""
    taken = scene.by_index
    crowded = {
        index
        for index in (scene[id].get("index") or "" for id in changed)
        if not index or len(taken[index]) > 1
    }
    if not crowded:
        return
    keys = sorted(key for key in taken if key)
    for index in sorted(key for key in crowded if key):
        sharing = in_order(scene[id] for id in taken[index])
        for element, key in zip(sharing[1:], _run(index, keys, len(sharing) - 1), strict=True):
            mended[element["id"]]["index"] = key
    top = keys[-1] if keys else None
    for element in in_order(scene[id] for id in taken.get("", ())):
        top = indices.above(top) if top else indices.FIRST
        mended[element["id"]]["index"] = top


def _run(index: str, keys: list[str], count: int) -> list[str]:
    """`count` new keys above `index` and below the next of `keys` (sorted, kept up to date)."""
    at = bisect_right(keys, index)
    following = keys[at] if at < len(keys) else None
    found = []
    for _ in range(count):
        index = indices.after(index, following) if following else indices.above(index)
        found.append(index)
    keys[at:at] = found
    return found


def _part_labels(scene: Scene, changed: Collection[str], mended: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Free all but one of the labels that a holder got at once: browsers would draw only that one.

    Returns the label of each holder that a change touches.
    """
    touched = {id for id in changed if scene[id]["type"] in _HOLDERS}
    touched |= {scene[id]["containerId"] for id in changed if scene[id].get("containerId")}
    labels = {}
    for holder_id in touched & scene.labels.keys():
        texts = [scene[id] for id in scene.labels[holder_id]]
        holder = scene.get(holder_id)
        if holder is None or holder["isDeleted"] or holder["type"] not in _HOLDERS:
            continue
        listed = [entry["id"] for entry in holder.get("boundElements") or ()]
        kept, *freed = sorted(texts, key=lambda text: (_rank(text["id"], listed), text["id"]))
        labels[holder_id] = kept["id"]
        for place, text in enumerate(freed):
            mended[text["id"]] |= {"containerId": None, **_foot(holder, text, place)}
        gone = {text["id"] for text in freed} & set(listed)
        if gone:
            mended[holder_id]["boundElements"] = [
                entry for entry in holder["boundElements"] if entry["id"] not in gone
            ]
    return labels


def _bind(
    scene: Scene,
    changed: Collection[str],
    labels: Mapping[str, str],
    mended: dict[str, dict[str, Any]],
) -> None:
    """Let each shape know the arrows that point at it, and its label: only then do they follow it."""
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for holder, label in labels.items():
        wanted[holder][label] = "text"
    for id in changed:
        for arrow in scene.arrows.get(id, ()):
            wanted[id][arrow] = "arrow"
        if scene[id]["type"] == "arrow" and not scene[id]["isDeleted"]:
            for target in ends(scene[id]):
                wanted[target][id] = "arrow"
    for id, entries in wanted.items():
        shape = scene.get(id)
        if shape is None or shape["isDeleted"]:
            continue
        bound = mended.get(id, {}).get("boundElements", shape.get("boundElements")) or []
        has = {entry["id"] for entry in bound}
        missing = [
            {"id": other, "type": kind}
            for other, kind in sorted(entries.items())
            if other not in has and shape["type"] in (_HOLDERS if kind == "text" else _TARGETS)
        ]
        if missing:
            mended[id]["boundElements"] = [*bound, *missing]


def _rank(id: str, listed: list[str]) -> int:
    return listed.index(id) if id in listed else len(listed)


def _foot(holder: Element, text: Element, place: int) -> dict[str, float]:
    """Where a freed label goes: inside the foot of its box, so that it is seen and still reads as the
    box's."""
    if holder["type"] == "arrow":
        return {"y": text["y"] + (text["height"] + _GAP) * (place + 1)}
    bottom = max(holder["y"], holder["y"] + holder["height"])
    return {
        "x": holder["x"] + (holder["width"] - text["width"]) / 2,
        "y": max(bottom - (text["height"] + _GAP) * (place + 1), min(holder["y"], bottom)),
    }


def _next_version(element: Element, values: dict[str, Any]) -> Element:
    version = element["version"] + 1
    seed = f"{element['id']}:{version}:{sorted(values.items())}"
    return {**element, **values, "version": version, "versionNonce": zlib.crc32(seed.encode()) % _NONCES}

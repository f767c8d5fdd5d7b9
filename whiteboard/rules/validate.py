"""What a scene may hold. Everything from a browser passes here before it is merged, stored or relayed.

The types are those of Excalidraw 0.18 less embeds and images: an `iframe` or `embeddable` element runs
foreign pages in everybody's browser, whatever the client's settings say. Unknown keys are dropped, wrong
values refused. The bounds are far from what people draw and near enough to keep a browser alive that has to
paint it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from whiteboard.rules import Element, indices
from whiteboard.rules.values import (
    Bad,
    Check,
    flag,
    form,
    link,
    list_of,
    maybe,
    number,
    one_of,
    pair,
    pairs,
    record,
    text,
    whole,
)

MAX_POINTS = 5_000
MAX_TEXT = 10_000
_FAR = 1_000_000
_LARGE = 100_000
_INT32 = 2**31 - 1
_INT53 = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an element is refused: which one, which key, and the reason in words."""

    element: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key} of element {self.element}: {self.reason}"


def element(raw: object, standing: Element | None = None) -> Element | Problem:
    """A clean copy of one element, with the keys that we know; or why it may not enter. Never raises.

    `standing` is a clean copy of the same element, if there is one: what has not changed since is not looked at again,
    which in a drag is nearly everything.
    """
    if not isinstance(raw, dict):
        return Problem("?", "element", "must be an object")
    name = raw["id"][:64] if isinstance(raw.get("id"), str) else "?"
    kind = raw.get("type")
    checks = _CHECKS.get(kind) if isinstance(kind, str) else None
    if checks is None:
        return Problem(name, "type", f"{str(kind)[:40]!r} is not allowed on this board")
    known = standing if standing and standing["type"] == kind else {}
    clean: Element = {}
    for key, check in checks.items():
        if key in raw:
            value = raw[key]
            if key in known and known[key] == value and type(known[key]) is type(value):
                clean[key] = known[key]
                continue
            try:
                clean[key] = check(value)
            except Bad as bad:
                return Problem(name, key, str(bad))
        elif key in _REQUIRED:
            return Problem(name, key, "is missing")
    return clean


def elements(
    raw: Iterable[object], scene: Mapping[str, Element] | None = None
) -> tuple[list[Element], list[Problem]]:
    """The elements that may enter a scene (an empty one if None), and why the others may not."""
    good: list[Element] = []
    problems: list[Problem] = []
    for one in raw:
        id = one.get("id") if scene and isinstance(one, dict) else None
        clean = element(one, scene.get(id) if scene and isinstance(id, str) else None)
        if isinstance(clean, Problem):
            problems.append(clean)
        else:
            good.append(clean)
    return good, problems


def _index(value: Any) -> str | None:
    if value is not None and not (isinstance(value, str) and indices.is_valid(value)):
        raise Bad("is not a fractional index")
    return value


_id = form(r"[A-Za-z0-9_-]{1,64}")
_colour = form(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24}|(rgb|hsl)a?\([0-9., %/deg]{1,60}\)")
_coordinate = number(-_FAR, _FAR)
_point = pair(_coordinate)
_points = pairs(-_FAR, _FAR, MAX_POINTS)
_binding = maybe(
    record(
        {
            "elementId": _id,
            "focus": number(-_FAR, _FAR),
            "gap": number(-_FAR, _FAR),
            "fixedPoint": maybe(pair(number(-_FAR, _FAR))),
        },
        required=("elementId",),
    )
)
_head = maybe(
    one_of(
        *("arrow", "bar", "dot", "circle", "circle_outline", "triangle", "triangle_outline", "diamond"),
        *("diamond_outline", "crowfoot_one", "crowfoot_many", "crowfoot_one_or_many"),
    )
)
_bound_elements = list_of(
    record({"id": _id, "type": one_of("arrow", "text")}, required=("id", "type")), most=2_000
)
_REQUIRED = frozenset({"id", "type", "version", "versionNonce", "x", "y", "width", "height", "isDeleted"})
_COMMON: dict[str, Check] = {
    "id": _id,
    "version": whole(_INT32),
    "versionNonce": whole(_INT32),
    "index": _index,
    "isDeleted": flag,
    "x": _coordinate,
    "y": _coordinate,
    "width": number(-_LARGE, _LARGE),
    "height": number(-_LARGE, _LARGE),
    "angle": number(-1_000, 1_000),
    "strokeColor": _colour,
    "backgroundColor": _colour,
    "fillStyle": one_of("hachure", "cross-hatch", "solid", "zigzag"),
    # A hatched fill draws a line every few stroke widths: a hair's breadth would be millions of lines.
    "strokeWidth": number(0.5, 100),
    "strokeStyle": one_of("solid", "dashed", "dotted"),
    "roughness": number(0, 10),
    "opacity": number(0, 100),
    "seed": whole(_INT53),
    "groupIds": list_of(_id, 20),
    "frameId": maybe(_id),
    "roundness": maybe(record({"type": whole(9), "value": number(0, _LARGE)}, required=("type",))),
    "boundElements": maybe(_bound_elements),
    "updated": whole(_INT53),
    "link": link,
    "locked": flag,
    # Only what our palette writes: whatever else a browser puts here would reach everybody's.
    "customData": maybe(record({"part": form(r"[a-z0-9_-]{1,40}"), "flow": one_of("online")})),
}
_LINEAR: dict[str, Check] = {
    "points": _points,
    "lastCommittedPoint": maybe(_point),
    "startBinding": _binding,
    "endBinding": _binding,
    "startArrowhead": _head,
    "endArrowhead": _head,
    "polygon": flag,
}
_ARROW: dict[str, Check] = {
    **_LINEAR,
    "elbowed": flag,
    "fixedSegments": maybe(list_of(record({"start": _point, "end": _point, "index": whole(_LARGE)}), 200)),
    "startIsSpecial": maybe(flag),
    "endIsSpecial": maybe(flag),
}
_BY_TYPE: dict[str, dict[str, Check]] = {
    "rectangle": {},
    "ellipse": {},
    "diamond": {},
    "arrow": _ARROW,
    "line": _LINEAR,
    "freedraw": {
        "points": _points,
        "pressures": list_of(number(0, 10), MAX_POINTS),
        "simulatePressure": flag,
        "lastCommittedPoint": maybe(_point),
    },
    "text": {
        "text": text(MAX_TEXT),
        "originalText": text(MAX_TEXT),
        "fontSize": number(1, 1_000),
        "fontFamily": whole(100),
        "textAlign": one_of("left", "center", "right"),
        "verticalAlign": one_of("top", "middle", "bottom"),
        "containerId": maybe(_id),
        "lineHeight": number(0.1, 10),
        "autoResize": flag,
    },
    "frame": {"name": maybe(text(200))},
}
_CHECKS = {kind: {"type": one_of(kind), **_COMMON, **own} for kind, own in _BY_TYPE.items()}

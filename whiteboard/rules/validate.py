"""What a scene may hold. Everything from a browser passes here before it is merged, stored or relayed.

The types are those of Excalidraw 0.18 less embeds and images: an `iframe` or `embeddable` element runs foreign pages
in everybody's browser, whatever the client's settings say. Unknown keys are dropped, wrong values refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from whiteboard.rules import Element

MAX_ELEMENTS = 2_000
MAX_POINTS = 5_000
MAX_TEXT = 4_000
TYPES = frozenset({"rectangle", "ellipse", "diamond", "arrow", "line", "freedraw", "text", "frame"})
LINKS = ("http://", "https://", "mailto:")
# Fractional indices in base 62, as Excalidraw makes them: a letter that tells the length, then digits.
_INDEX = re.compile(r"[A-Za-z][0-9A-Za-z]{1,200}\Z")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_COLOUR = re.compile(r"(#[0-9a-fA-F]{3,8}|transparent|[a-z]{3,20})\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an element is refused: which one, which key, and the reason in words."""

    element: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key} of element {self.element}: {self.reason}"


class Invalid(Exception):
    """An element that may not enter; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class _Bad(Exception):
    pass


Check = Callable[[Any], Any]


def element(raw: object) -> Element:
    """A clean copy of one element, with the keys that we know; raises Invalid."""
    if not isinstance(raw, dict):
        raise Invalid(Problem("?", "element", "must be an object"))
    name = raw["id"] if isinstance(raw.get("id"), str) else "?"
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        raise Invalid(Problem(name[:64], "type", f"{str(kind)[:40]!r} is not allowed on this board"))
    clean: Element = {}
    for key, check in {**_COMMON, **_BY_TYPE.get(kind, {})}.items():
        if key not in raw:
            if key in _REQUIRED:
                raise Invalid(Problem(name[:64], key, "is missing"))
            continue
        try:
            clean[key] = check(raw[key])
        except _Bad as bad:
            raise Invalid(Problem(name[:64], key, str(bad))) from None
    return clean


def elements(raw: Iterable[object]) -> tuple[list[Element], list[Problem]]:
    """The elements that may enter, and why the others may not."""
    good: list[Element] = []
    problems: list[Problem] = []
    for one in raw:
        try:
            good.append(element(one))
        except Invalid as invalid:
            problems.append(invalid.problem)
    return good, problems


# -- Values -----------------------------------------------------------------------------------------------------------


def _number(value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Bad("must be a number")
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise _Bad("must be a finite number of reasonable size")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise _Bad("must be a whole number from 0")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Bad("must be true or false")
    return value


def _pattern(pattern: re.Pattern[str]) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not pattern.match(value):
            raise _Bad("is not of the right form")
        return value

    return check


def _one_of(*allowed: object) -> Check:
    def check(value: Any) -> Any:
        if isinstance(value, bool) or not any(value == one and type(value) is type(one) for one in allowed):
            raise _Bad(f"must be one of {', '.join(map(str, allowed))}")
        return value

    return check


def _maybe(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Bad("must be text")
    if len(value) > MAX_TEXT:
        raise _Bad(f"may hold at most {MAX_TEXT:,} characters")
    return _CONTROL.sub(lambda found: found[0] if found[0] in "\n\t" else "", value)


def _link(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 2_000 or _CONTROL.search(value):
        raise _Bad("is not a link")
    if not value.lower().startswith(LINKS):
        raise _Bad("must begin with http://, https:// or mailto:")
    return value


def _list_of(check: Check, most: int) -> Check:
    def check_all(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise _Bad("must be a list")
        if len(value) > most:
            raise _Bad(f"may hold at most {most:,} entries")
        return [check(one) for one in value]

    return check_all


def _point(value: Any) -> list[float]:
    if not isinstance(value, list) or len(value) != 2:
        raise _Bad("must be a list of [x, y] points")
    return [_number(value[0]), _number(value[1])]


def _object(keys: dict[str, Check], *, required: tuple[str, ...] = ()) -> Check:
    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or any(key not in value for key in required):
            raise _Bad("is not of the right form")
        return {key: one(value[key]) for key, one in keys.items() if key in value}

    return check


_id = _pattern(_ID)
_BINDING = _maybe(
    _object(
        {
            "elementId": _id,
            "focus": _number,
            "gap": _number,
            "fixedPoint": _maybe(_point),
        },
        required=("elementId",),
    )
)
_HEAD = _maybe(
    _one_of(
        "arrow",
        "bar",
        "dot",
        "circle",
        "circle_outline",
        "triangle",
        "triangle_outline",
        "diamond",
        "diamond_outline",
        "crowfoot_one",
        "crowfoot_many",
        "crowfoot_one_or_many",
    )
)
_REQUIRED = frozenset({"id", "type", "version", "versionNonce", "x", "y", "width", "height", "isDeleted"})
_COMMON: dict[str, Check] = {
    "id": _id,
    "type": _one_of(*TYPES),
    "version": _whole,
    "versionNonce": _whole,
    "index": _maybe(_pattern(_INDEX)),
    "isDeleted": _flag,
    "x": _number,
    "y": _number,
    "width": _number,
    "height": _number,
    "angle": _number,
    "strokeColor": _pattern(_COLOUR),
    "backgroundColor": _pattern(_COLOUR),
    "fillStyle": _one_of("hachure", "cross-hatch", "solid", "zigzag"),
    "strokeWidth": _number,
    "strokeStyle": _one_of("solid", "dashed", "dotted"),
    "roughness": _number,
    "opacity": _number,
    "seed": _whole,
    "groupIds": _list_of(_id, 20),
    "frameId": _maybe(_id),
    "roundness": _maybe(_object({"type": _whole, "value": _number}, required=("type",))),
    "boundElements": _maybe(
        _list_of(_object({"id": _id, "type": _one_of("arrow", "text")}, required=("id", "type")), 200)
    ),
    "updated": _whole,
    "link": _maybe(_link),
    "locked": _flag,
    # Only what our palette writes; anything else a client could smuggle to other clients' renderers is dropped.
    "customData": _maybe(_object({"part": _pattern(re.compile(r"[a-z0-9-]{1,40}\Z"))})),
}
_LINEAR: dict[str, Check] = {
    "points": _list_of(_point, MAX_POINTS),
    "lastCommittedPoint": _maybe(_point),
    "startBinding": _BINDING,
    "endBinding": _BINDING,
    "startArrowhead": _HEAD,
    "endArrowhead": _HEAD,
    "elbowed": _flag,
    "fixedSegments": _maybe(_list_of(_object({"start": _point, "end": _point, "index": _whole}), 200)),
    "startIsSpecial": _maybe(_flag),
    "endIsSpecial": _maybe(_flag),
    "polygon": _flag,
}
_BY_TYPE: dict[str, dict[str, Check]] = {
    "arrow": _LINEAR,
    "line": _LINEAR,
    "freedraw": {
        "points": _list_of(_point, MAX_POINTS),
        "pressures": _list_of(_number, MAX_POINTS),
        "simulatePressure": _flag,
        "lastCommittedPoint": _maybe(_point),
    },
    "text": {
        "text": _text,
        "originalText": _text,
        "fontSize": _number,
        "fontFamily": _whole,
        "textAlign": _one_of("left", "center", "right"),
        "verticalAlign": _one_of("top", "middle", "bottom"),
        "containerId": _maybe(_id),
        "lineHeight": _number,
        "autoResize": _flag,
    },
    "frame": {"name": _maybe(_text)},
}

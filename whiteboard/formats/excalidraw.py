"""Excalidraw's own files (.excalidraw): JSON with the elements as they are drawn.

Format: docs.excalidraw.com/docs/codebase/json-schema, version 2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from whiteboard.formats.faults import FormatError
from whiteboard.rules import Element, validate
from whiteboard.rules.capacity import MAX_ELEMENTS
from whiteboard.rules.merge import in_order

# What other boards hold and this one does not: pictures have files beside them, the rest runs foreign pages.
_LEFT_OUT = frozenset({"image", "embeddable", "iframe", "magicframe"})
_TYPES = ("excalidraw", "excalidraw/clipboard")
_DEFAULTS = {"version": 1, "versionNonce": 1, "isDeleted": False}


def dumps(elements: Iterable[Element]) -> str:
    """A file that Excalidraw opens, with the living elements."""
    living = [element for element in in_order(elements) if not element.get("isDeleted")]
    file = {
        "type": "excalidraw",
        "version": 2,
        "source": "Two Loops",
        "elements": living,
        "appState": {"viewBackgroundColor": "#ffffff", "gridSize": None},
        "files": {},
    }
    return json.dumps(file, ensure_ascii=False, indent=1)


def loads(text: str, *, mark: str) -> tuple[list[Element], int]:
    """(The living elements of a file, with new ids that begin with `mark`; how many were left out because this
    board does not hold their type). Raises FormatError."""
    raw = [one for one in _elements(text) if not (isinstance(one, dict) and one.get("isDeleted") is True)]
    wanted = [one for one in raw if not (isinstance(one, dict) and one.get("type") in _LEFT_OUT)]
    if len(wanted) > MAX_ELEMENTS:
        raise FormatError("elements", f"are {len(wanted):,}; a board holds at most {MAX_ELEMENTS:,}")
    good, problems = validate.elements(
        {**_DEFAULTS, **one} if isinstance(one, dict) else one for one in wanted
    )
    if problems:
        first = problems[0]
        raise FormatError(f"{first.key} of element {first.element}", first.reason)
    if len({element["id"] for element in good}) != len(good):
        raise FormatError("elements", "two have the same id")
    return _renamed(in_order(good), mark), len(raw) - len(wanted)


def _elements(text: str) -> list[Any]:
    try:
        file = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "the text"
        raise FormatError(line, "is not JSON") from error
    if not isinstance(file, dict) or file.get("type") not in _TYPES:
        raise FormatError("type", "must be “excalidraw”: this is not a file of that editor")
    found = file.get("elements")
    if not isinstance(found, list):
        raise FormatError("elements", "must be a list")
    return found


def _renamed(elements: list[Element], mark: str) -> list[Element]:
    """The same drawing under other ids; what points at elements that are not there is dropped."""
    ids = {element["id"]: f"{mark}{number}" for number, element in enumerate(elements)}
    groups: dict[str, str] = {}
    for element in elements:
        element["id"] = ids[element["id"]]
        element["index"] = None
        for key in ("containerId", "frameId"):
            if element.get(key):
                element[key] = ids.get(element[key])
        for key in ("startBinding", "endBinding"):
            if bound := element.get(key):
                known = ids.get(bound["elementId"])
                element[key] = bound | {"elementId": known} if known else None
        if bindings := element.get("boundElements"):
            element["boundElements"] = [b | {"id": ids[b["id"]]} for b in bindings if b["id"] in ids]
        if element.get("groupIds"):
            element["groupIds"] = [
                groups.setdefault(group, f"{mark}group-{len(groups)}") for group in element["groupIds"]
            ]
    return elements

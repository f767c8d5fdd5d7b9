"""A drawing for paper: on a page it is a quarter as wide as on a screen, so words are as large as their boxes allow."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from interviews.sheets.labels import spread
from whiteboard.rules import Element

_LARGEST, _SMALLEST = 22, 16
# A letter's width, as a part of the type's size: on the safe side in a box, on average on an arrow.
_LETTER, _MEAN_LETTER = 0.53, 0.5
_LINE = 1.12
_PADDING = 10
_LABEL = 18
_AROUND = 5
_NAME = "-name"
# A figure stays with its unit, and an arrow with what it leads to.
_TOGETHER = re.compile(r"(?<=\d) (?=(?:ms|s|h|min|[MGT]B|%)(?!\w))|(?<=→) ")


def enlarged(elements: Iterable[Element]) -> list[Element]:
    """The same drawing with larger words; an area becomes a box with its name above it. Only words of arrows move."""
    given = list(elements)
    by_id = {element["id"]: element for element in given}
    found: list[Element] = []
    for element in given:
        if element["type"] == "frame":
            found += _area(element)
        elif element["type"] == "text":
            found.append(_text(element, by_id.get(element.get("containerId") or "")))
        else:
            found.append(element)
    return spread(found, [element for element in found if element["id"].endswith(_NAME)])


def _area(frame: Element) -> list[Element]:
    border = {"type": "rectangle", "strokeColor": "#9ca3af", "strokeWidth": 1.5, "roundness": {"type": 3}}
    name = {**frame, "id": f"{frame['id']}{_NAME}", "type": "text", "text": frame.get("name") or ""}
    name |= {
        "y": frame["y"] - 30,
        "height": 26,
        "fontSize": 22,
        "strokeColor": "#5b6472",
        "textAlign": "left",
    }
    return [{**frame, **border}, name]


def _text(text: Element, holder: Element | None) -> Element:
    if holder is None:
        return text
    if holder["type"] == "arrow":
        lines, size, letter = text["text"].replace("->", "→").split("\n"), _LABEL, _MEAN_LETTER
    else:
        words = _TOGETHER.sub("\u00a0", text["originalText"].replace("->", "→"))
        letter = _LETTER
        lines, size = _fitted(words, holder["width"] - _PADDING, holder["height"] - _PADDING)
    width, height = max(map(len, lines)) * size * letter, len(lines) * size * _LINE
    # The line of an arrow ends a little before its words.
    width += _AROUND if holder["type"] == "arrow" else 0
    middle = text["x"] + text["width"] / 2, text["y"] + text["height"] / 2
    place = {"x": middle[0] - width / 2, "y": middle[1] - height / 2, "width": width, "height": height}
    return {**text, **place, "text": "\n".join(lines), "fontSize": size, "lineHeight": _LINE}


def _fitted(words: str, wide: float, high: float) -> tuple[list[str], int]:
    """The lines, and the largest size at which they fit."""
    for size in range(_LARGEST, _SMALLEST, -1):
        letters = int(wide / (size * _LETTER))
        lines = textwrap.wrap(words, letters, break_long_words=False)
        if max(map(len, lines), default=0) <= letters and len(lines) * size * _LINE <= high:
            return lines, size
    return textwrap.wrap(words, int(wide / (_SMALLEST * 0.51))) or [words], _SMALLEST

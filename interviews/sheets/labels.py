"""Where the words of arrows stand on paper: clear of boxes, of names and of each other, and not over the arrow where it
is short. The board's layout puts them in the middle of their arrows, which is where one drags them from; larger words
need more room than that."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from whiteboard.geometry import Box, Point, edges
from whiteboard.rules import Element

# Along the arrow, as parts of its length: the middle first, because the first of the best is taken.
_ALONG = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86)
_BESIDE = 4  # between an arrow and words beside it
_CLEAR = 3  # around words
_TOUCHING = 0.04  # as bad as hiding this part of something
_HEAD = 26  # how much of an arrow its head takes
_MOST_HIDDEN = 0.45  # of an arrow, by its own words
_SWEEPS = 3
# What is worst is worth most: words over a box hide what it is called, words over a crossing line nearly nothing.
_BOX, _NAME, _WORDS, _OWN, _OWN_HEAD, _LINE, _APART, _OFF_MIDDLE = 60.0, 40.0, 40.0, 6.0, 5.0, 1.6, 1.2, 1.5


@dataclass(slots=True)
class _Label:
    """`places` are where it could stand, each with what it would hide there besides other words."""

    text: Element
    length: float
    places: list[tuple[Box, float]]
    at: Box

    def settle(self, others: Sequence[Box]) -> None:
        """Go where least is hidden, the others being where they are."""
        self.at = min(self.places, key=lambda place: place[1] + _hidden(place[0], others, _WORDS))[0]


def spread(elements: Sequence[Element], names: Iterable[Element]) -> list[Element]:
    """The same elements, each arrow's words where they hide least, drawn above all else. `names` are texts (of areas)
    that are not to be hidden either; they are among the elements."""
    by_id = {element["id"]: element for element in elements}
    courses = {element["id"]: _course(element) for element in elements if element["type"] == "arrow"}
    held = [one for one in elements if one["type"] == "text" and one.get("containerId")]
    boxes = [edges(by_id[one["containerId"]]) for one in held if one["containerId"] not in courses]
    room = _Room(boxes, [edges(name) for name in names], courses)
    labels = [_label(text, room) for text in held if text["containerId"] in courses]
    for sweep in range(_SWEEPS):
        # Short arrows leave no choice, so they choose first.
        for label in sorted(labels, key=lambda one: one.length) if sweep == 0 else labels:
            label.settle([one.at for one in labels if one is not label])
    moved = {one.text["id"]: {**one.text, "x": one.at[0], "y": one.at[1]} for one in labels}
    return [*(one for one in elements if one["id"] not in moved), *moved.values()]


@dataclass(frozen=True, slots=True)
class _Room:
    """What stands still."""

    boxes: list[Box]
    names: list[Box]
    courses: dict[str, list[Point]]


def _label(text: Element, room: _Room) -> _Label:
    own = text["containerId"]
    course = room.courses[own]
    length = _length(course)
    head = _at(course, max(length - _HEAD, 0))[0], course[-1]
    places = []
    for box, dear in _places(course, length, text["width"], text["height"]):
        dear += _hidden(box, room.boxes, _BOX) + _hidden(box, room.names, _NAME)
        for id, other in room.courses.items():
            inside = sum(_inside(piece, box) for piece in _pieces(other))
            if id == own:
                dear += _OWN * max(0.0, inside / length - _MOST_HIDDEN)
            else:
                dear += _LINE * min(inside / 40, 2)
        places.append((box, dear + (_OWN_HEAD if _inside(head, box) else 0)))
    return _Label(text, length, places, edges(text))


def _places(course: list[Point], length: float, wide: float, high: float) -> Iterator[tuple[Box, float]]:
    """On the arrow and on either side of it, and how far from the best that is."""
    for share in _ALONG:
        (x, y), (along_x, along_y) = _at(course, share * length)
        away = abs(along_y) * wide / 2 + abs(along_x) * high / 2 + _BESIDE
        for side in (0, 1, -1):
            left, top = x - along_y * away * side - wide / 2, y + along_x * away * side - high / 2
            yield (
                (left, top, left + wide, top + high),
                abs(share - 0.5) * _OFF_MIDDLE + (_APART if side else 0),
            )


def _hidden(box: Box, others: Iterable[Box], weight: float) -> float:
    """What it costs that words in this box stand over, or close to, those."""
    left, top, right, bottom = box
    wide = left - _CLEAR, top - _CLEAR, right + _CLEAR, bottom + _CLEAR
    common = sum(_common(wide, one) for one in others)
    return weight * (_TOUCHING + common / max((right - left) * (bottom - top), 1)) if common else 0.0


def _course(arrow: Element) -> list[Point]:
    given = arrow.get("points") or [[0, 0], [arrow["width"], arrow["height"]]]
    return [(arrow["x"] + x, arrow["y"] + y) for x, y in given]


def _pieces(course: list[Point]) -> Iterator[tuple[Point, Point]]:
    return itertools.pairwise(course)


def _length(course: list[Point]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in _pieces(course)) or 1.0


def _at(course: list[Point], far: float) -> tuple[Point, Point]:
    """The point so far along the course, and the direction there, of length 1."""
    for a, b in _pieces(course):
        long = hypot(b[0] - a[0], b[1] - a[1])
        if long and far <= long:
            way = (b[0] - a[0]) / long, (b[1] - a[1]) / long
            return (a[0] + way[0] * far, a[1] + way[1] * far), way
        far -= long
    return course[-1], (1.0, 0.0)


def _common(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _inside(piece: tuple[Point, Point], box: Box) -> float:
    """How much of a piece of a line lies in a box."""
    (ax, ay), (bx, by) = piece
    first, last = 0.0, 1.0
    for start, way, low, high in ((ax, bx - ax, box[0], box[2]), (ay, by - ay, box[1], box[3])):
        if not way:
            if not low <= start <= high:
                return 0.0
            continue
        enter, leave = sorted(((low - start) / way, (high - start) / way))
        first, last = max(first, enter), min(last, leave)
    return (last - first) * hypot(bx - ax, by - ay) if last > first else 0.0

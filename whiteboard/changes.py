"""What people did to a board, in few lines: who drew, wrote, moved or removed what. Pure.

A log holds every step of a drag and every letter of a label. `changes` makes one line of what one person did to the
same things without a break, and leaves out what nobody sees: renumbering, bindings, arrows that follow their boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Literal

from whiteboard.replay import Entry
from whiteboard.rules import Element

Verb = Literal["drew", "wrote", "moved", "restyled", "removed"]

# Without a break: so soon after the line's last step, and so soon after its first.
_GAP, _LONGEST = timedelta(seconds=15), timedelta(seconds=60)
_STRONGEST_FIRST: tuple[Verb, ...] = ("drew", "removed", "wrote", "moved", "restyled")
_SIDES = ("startBinding", "endBinding")
_PLACE = ("x", "y", "width", "height", "angle", "points")
_LOOK = (
    "strokeColor", "backgroundColor", "fillStyle", "strokeWidth", "strokeStyle", "opacity", "fontSize",
    "startArrowhead", "endArrowhead", "roundness", "link", "name", "type",
)  # fmt: skip
_NOUNS = {
    "rectangle": "a box",
    "ellipse": "an ellipse",
    "diamond": "a diamond",
    "arrow": "an arrow",
    "line": "a line",
    "freedraw": "a stroke",
    "text": "a text",
    "frame": "a frame",
    "image": "an image",
}


@dataclass(frozen=True, slots=True)
class Change:
    """`author` (a user's id) did this to `things` (ids of elements), from `began` to `at`. `noun` and `label` are
    those of the first; `ends` are the labels of what an arrow joins, empty where it ends at nothing."""

    began: datetime
    at: datetime
    author: int | None
    verb: Verb
    things: tuple[str, ...]
    noun: str
    label: str
    ends: tuple[str, str] = ("", "")


def changes(entries: Sequence[Entry]) -> tuple[Change, ...]:
    """The lines of a log, in the order of their last steps. Entries count from when Timeline counts them."""
    board = _Board()
    runs: list[_Run] = []
    newest: dict[int | None, _Run] = {}
    for entry, at in zip(entries, accumulate((entry.at for entry in entries), max), strict=True):
        for verb, things in board.take(entry.elements).items():
            run = newest.get(entry.author)
            if run is None or not run.goes_on(at, verb, things, board):
                run = newest[entry.author] = _Run(at, entry.author, verb)
                runs.append(run)
            run.at = at
            run.things.update(things)
            run.labelled = board.told(next(iter(run.things)))
    return tuple(sorted((run.told() for run in runs), key=lambda change: change.at))


def in_words(change: Change) -> str:
    """What was done, after the person's name: added “ANN index”."""
    count = len(change.things)
    if count > 1:
        what = f"{count} things"
    elif change.label:
        what = f"“{change.label}”"
    else:
        what = change.noun
    if change.verb == "drew":
        return _drew(change, count, what)
    verb = "changed the look of" if change.verb == "restyled" else change.verb
    return f"{verb} {what}"


def _drew(change: Change, count: int, what: str) -> str:
    if count > 1 and change.noun == _NOUNS["freedraw"]:
        return "drew by hand"
    start, end = change.ends
    if count == 1 and (start or end):
        way = (f" from “{start}”" if start else "") + (f" to “{end}”" if end else "")
        return f"drew {change.noun}{way}"
    return f"added {what}" if change.label or count > 1 else f"drew {what}"


@dataclass(slots=True)
class _Run:
    """A line in the making; `things` are ids in the order in which they were touched."""

    began: datetime
    author: int | None
    verb: Verb
    at: datetime = field(init=False)
    things: dict[str, None] = field(default_factory=dict)
    labelled: tuple[str, str, tuple[str, str]] = ("", "", ("", ""))

    def __post_init__(self) -> None:
        self.at = self.began

    def goes_on(self, at: datetime, verb: Verb, things: Iterable[str], board: _Board) -> bool:
        if at - self.at > _GAP or at - self.began > _LONGEST:
            return False
        if self.verb in ("drew", "wrote") and verb in ("wrote", "moved", "restyled"):
            return self.things.keys() >= set(things)  # still finishing what was just begun
        if verb == self.verb == "drew":
            return all(board.is_stroke(thing) for thing in (*self.things, *things))
        return verb == self.verb

    def told(self) -> Change:
        noun, label, ends = self.labelled
        return Change(self.began, self.at, self.author, self.verb, tuple(self.things), noun, label, ends)


class _Board:
    """The elements as they stand while the log is read, and the texts that label them."""

    def __init__(self) -> None:
        self._elements: dict[str, Element] = {}
        self._labels: dict[str, str] = {}

    def take(self, elements: Iterable[Element]) -> dict[Verb, dict[str, None]]:
        """Takes in what one message changed; what was done to which things, for the eye."""
        done: dict[Verb, dict[str, None]] = {}
        for element, verb in list(self._seen(elements)):
            # A label is part of what it labels, and moves and goes with it.
            holder = element.get("containerId") if element["type"] == "text" else None
            if holder is None:
                done.setdefault(verb, {})[element["id"]] = None
            elif verb in ("drew", "wrote"):
                done.setdefault("wrote", {})[holder] = None
        told: dict[Verb, dict[str, None]] = {}
        for verb in _STRONGEST_FIRST:
            known = {thing for things in told.values() for thing in things}
            told[verb] = {thing: None for thing in done.get(verb, {}) if thing not in known}
        told["moved"] = self._leading(told["moved"])
        return {verb: things for verb, things in told.items() if things}

    def is_stroke(self, thing: str) -> bool:
        return thing in self._elements and self._elements[thing]["type"] == "freedraw"

    def told(self, thing: str) -> tuple[str, str, tuple[str, str]]:
        """Its noun, its label, and the labels of what it joins."""
        element = self._elements.get(thing, {})
        noun = _NOUNS.get(element.get("type", ""), "something")
        ends = tuple(self._label((element.get(side) or {}).get("elementId", "")) for side in _SIDES)
        return noun, self._label(thing), (ends[0], ends[1])

    def _seen(self, elements: Iterable[Element]) -> Iterator[tuple[Element, Verb]]:
        for element in elements:
            old = self._elements.get(element["id"], {"isDeleted": True})
            self._elements[element["id"]] = element
            if element["type"] == "text" and not element.get("isDeleted"):
                self._labels[element.get("containerId") or element["id"]] = element.get("text", "")
            if verb := _verb(old, element):
                yield element, verb

    def _label(self, thing: str) -> str:
        words = self._labels.get(thing) or self._elements.get(thing, {}).get("name") or ""
        line = " ".join(str(words).split())
        return line if len(line) <= 60 else f"{line[:59].rstrip()}…"

    def _leading(self, moved: dict[str, None]) -> dict[str, None]:
        """Without the arrows and lines that only followed what they are bound to."""
        boxes = {id: None for id in moved if self._elements[id]["type"] not in ("arrow", "line")}
        return boxes or moved


def _verb(old: Element, new: Element) -> Verb | None:
    if old.get("isDeleted"):
        return None if new.get("isDeleted") else "drew"
    if new.get("isDeleted"):
        return "removed"
    if old.get("text") != new.get("text"):
        return "wrote"
    if any(old.get(key) != new.get(key) for key in _PLACE):
        return "moved"
    return "restyled" if any(old.get(key) != new.get(key) for key in _LOOK) else None

"""The log of a board, packed, and the board as it stood at any moment of it.

    packed = pack(entries)                   # bytes, to be kept; unpack(packed) == entries
    timeline = Timeline(unpack(packed))      # once
    timeline.at(moment)                      # the elements as they stood, by binary search in each one's versions

The format: one byte, the number of the format (1), then zlib over JSON
    {"authors": [id or null ..], "ids": [element id ..], "entries": [[seq, at, author, patches] ..]}
where `at` is in microseconds since the entry before (the first: since 1970), may be negative and never loses
anything; `author` is an index into `authors`; and a patch is [index into `ids`, {key: value that changed}] or
[.., .., [keys that are gone]], against the element's last version in the log (the first: against nothing).
zlib's checksum tells damage.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

import orjson

from whiteboard.rules import Element

FORMAT = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class Damaged(ValueError):
    """These bytes are no recording, or no longer one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one committed message changed: whole elements, tombstones included. `author` is a user's id."""

    seq: int
    at: datetime
    author: int | None
    elements: tuple[Element, ...]


def pack(entries: Iterable[Entry]) -> bytes:
    """The entries as bytes. Elements are JSON objects with a string under "id"; times know their zone."""
    authors: dict[int | None, int] = {}
    ids: dict[str, int] = {}
    last: dict[str, Element] = {}
    rows = []
    before = 0
    for entry in entries:
        tick = (entry.at - _EPOCH) // _TICK
        patches = []
        for element in entry.elements:
            key = element["id"]
            patches.append([ids.setdefault(key, len(ids)), *_patch(last.get(key, {}), element)])
            last[key] = element
        rows.append([entry.seq, tick - before, authors.setdefault(entry.author, len(authors)), patches])
        before = tick
    log = {"authors": list(authors), "ids": list(ids), "entries": rows}
    return bytes([FORMAT]) + zlib.compress(orjson.dumps(log), 9)


def unpack(packed: bytes) -> tuple[Entry, ...]:
    """The entries that were packed; Damaged if these bytes do not say."""
    if not packed or packed[0] != FORMAT:
        raise Damaged("This recording has a format that is not known here; nothing was changed.")
    try:
        return _entries(orjson.loads(zlib.decompress(packed[1:])))
    except (zlib.error, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise Damaged(
            "This recording is damaged and cannot be read; restore the board from a backup."
        ) from error


def _entries(log: dict[str, Any]) -> tuple[Entry, ...]:
    authors, ids = log["authors"], log["ids"]
    last: dict[str, Element] = {}
    entries = []
    tick = 0
    for seq, passed, author, patches in log["entries"]:
        tick += passed
        elements = []
        for index, changed, *gone in patches:
            element = {**last.get(ids[index], {}), **changed}
            for key in gone[0] if gone else ():
                del element[key]
            last[ids[index]] = element
            elements.append(element)
        entries.append(Entry(seq, _EPOCH + tick * _TICK, authors[author], tuple(elements)))
    return tuple(entries)


def _patch(old: Element, new: Element) -> list[Any]:
    changed = {key: value for key, value in new.items() if key not in old or not _same(old[key], value)}
    gone = [key for key in old if key not in new]
    return [changed, gone] if gone else [changed]


def _same(old: Any, new: Any) -> bool:
    """As JSON, where 1, 1.0 and true are three things."""
    return old is new or (old == new and orjson.dumps(old) == orjson.dumps(new))


class Timeline:
    """The versions of each element over time.

    An entry counts from its time on, but never earlier than one with a lower number: two processes' clocks
    may differ, the order of the log does not.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._versions: dict[str, tuple[list[datetime], list[Element]]] = {}
        for entry, at in zip(entries, accumulate((entry.at for entry in entries), max), strict=True):
            for element in entry.elements:
                times, versions = self._versions.setdefault(element["id"], ([], []))
                times.append(at)
                versions.append(element)

    def appeared(self, element: str) -> datetime | None:
        """When the element with this id was first drawn; None if it never was."""
        versions = self._versions.get(element)
        return versions[0][0] if versions else None

    def at(self, moment: datetime) -> dict[str, Element]:
        """The elements by id as they stood at `moment`, tombstones included, in the order they were drawn."""
        found = {}
        for key, (times, versions) in self._versions.items():
            if place := bisect_right(times, moment):
                found[key] = versions[place - 1]
        return found

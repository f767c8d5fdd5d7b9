"""Counting what there is to filter by. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEVELS = ("mid", "senior", "staff")
MOST_TAGS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """What is counted of one case."""

    pk: int
    level: str
    kind: str
    tags: tuple[str, ...]
    done: bool
    seen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen of each facet; empty is anything."""

    tag: str = ""
    level: str = ""
    kind: str = ""
    undone: bool = False
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """[(value, how many cases there would be)]; `undone` and `unseen` are such numbers."""

    tags: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    undone: int
    unseen: int


def choose(rows: Iterable[Row], wanted: Choice) -> tuple[list[Row], Facets]:
    """The rows that fit, in their order; and of each facet's values, how many would if that one were chosen
    and the other facets stayed as they are."""
    fitting: list[Row] = []
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("tag", "level", "kind", "undone", "unseen")
    }
    for row in rows:
        misses = _misses(row, wanted)
        if not misses:
            fitting.append(row)
        for name, counter in counts.items():
            if not misses or misses == [name]:
                counter.update(_values(row, name))
    return fitting, Facets(
        tags=_most(counts["tag"], wanted.tag),
        levels=tuple((level, counts["level"][level]) for level in LEVELS if counts["level"][level]),
        kinds=tuple(sorted(counts["kind"].items())),
        undone=counts["undone"]["yes"],
        unseen=counts["unseen"]["yes"],
    )


def _misses(row: Row, wanted: Choice) -> list[str]:
    """The facets whose choice this row does not fit."""
    fits = {
        "tag": not wanted.tag or wanted.tag in row.tags,
        "level": wanted.level in ("", row.level),
        "kind": wanted.kind in ("", row.kind),
        "undone": not (wanted.undone and row.done),
        "unseen": not (wanted.unseen and row.seen),
    }
    return [name for name, fit in fits.items() if not fit]


def _values(row: Row, name: str) -> Sequence[str]:
    if name == "tag":
        return tuple(dict.fromkeys(row.tags))
    if name in ("undone", "unseen"):
        return () if (row.done if name == "undone" else row.seen) else ("yes",)
    return (row.level if name == "level" else row.kind,)


def _most(counter: Counter[str], chosen: str) -> tuple[tuple[str, int], ...]:
    """The tags on most cases, and the chosen one, by name: a list of hundreds helps nobody."""
    kept = dict(counter.most_common(MOST_TAGS))
    if chosen:
        kept[chosen] = counter[chosen]
    return tuple(sorted(kept.items(), key=lambda entry: entry[0].lower()))

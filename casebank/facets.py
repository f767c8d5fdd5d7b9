"""Counting what there is to filter by. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

LEVELS = ("mid", "senior", "staff")
MOST_TAGS = 40


class Row(NamedTuple):
    """What is counted of one case, its tags without doubles. A tuple, because a thousand are made for each page."""

    pk: int
    level: str
    kind: str
    tags: Sequence[str]
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


def choose(rows: Sequence[Row], wanted: Choice) -> tuple[Sequence[Row], Facets]:
    """The rows that fit, in their order; and of each facet's values, how many would if that one were chosen
    and the other facets stayed as they are."""
    fitting = _fitting(rows, wanted)

    def among(others: Choice) -> Sequence[Row]:
        """The rows that fit when one facet is set free; no second pass where nothing is chosen of it."""
        return fitting if others == wanted else _fitting(rows, others)

    levels = Counter(row.level for row in among(replace(wanted, level="")))
    kinds = Counter(row.kind for row in among(replace(wanted, kind="")))
    tags = Counter(chain.from_iterable(row.tags for row in among(replace(wanted, tag=""))))
    return fitting, Facets(
        tags=_most(tags, wanted.tag),
        levels=tuple((level, levels[level]) for level in LEVELS if levels[level]),
        kinds=tuple(sorted(kinds.items())),
        undone=sum(not row.done for row in among(replace(wanted, undone=False))),
        unseen=sum(not row.seen for row in among(replace(wanted, unseen=False))),
    )


def _fitting(rows: Sequence[Row], wanted: Choice) -> Sequence[Row]:
    if wanted == Choice():
        return rows
    return [
        row
        for row in rows
        if (not wanted.tag or wanted.tag in row.tags)
        and wanted.level in ("", row.level)
        and wanted.kind in ("", row.kind)
        and not (wanted.undone and row.done)
        and not (wanted.unseen and row.seen)
    ]


def _most(counter: Counter[str], chosen: str) -> tuple[tuple[str, int], ...]:
    """The tags on most cases, and the chosen one, by name: a list of hundreds helps nobody."""
    kept = dict(counter.most_common(MOST_TAGS))
    if chosen:
        kept[chosen] = counter[chosen]
    return tuple(sorted(kept.items(), key=lambda entry: entry[0].lower()))

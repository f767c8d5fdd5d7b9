"""Which case a pair is given when nobody picks one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

LEVELS = ("mid", "senior", "staff")


@dataclass(frozen=True, slots=True)
class Option:
    """A case that might be asked. `known` says whether the candidate knows it in any way, or it is spoken for;
    `trains` whether it trains the candidate's weakest step."""

    slug: str
    level: str
    known: bool
    trains: bool


def distance(one: str, other: str) -> int:
    """How many levels lie between two of them; a level that is not known is as far away as can be."""
    if one not in LEVELS or other not in LEVELS:
        return 0 if one == other else len(LEVELS)
    return abs(LEVELS.index(one) - LEVELS.index(other))


def levels_near(level: str) -> list[str]:
    """The levels at most one away from this one, itself among them."""
    return [one for one in {*LEVELS, level} if distance(one, level) <= 1]


def choose(options: Iterable[Option], *, level: str, person: int) -> str | None:
    """The slug of the case to ask: one that the candidate does not know in any way, that trains the weakest step where
    there is such a one, and of these the nearest to `level`. Of equals, which one differs from `person` to `person`
    and is always the same for one. None where the candidate knows them all."""
    unknown = [option for option in options if not option.known]
    best = min(
        unknown,
        key=lambda one: (
            not one.trains,
            distance(one.level, level),
            crc32(f"{person} {one.slug}".encode()),
            one.slug,
        ),
        default=None,
    )
    return best.slug if best else None

"""Practice by day: weeks as columns, Monday on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 26
CELL, GAP, ROUND = 11.0, 3.0, 2.0
LEFT, TOP = 26.0, 14.0
# A cell from the right end of its upper left corner, clockwise.
SIDE, BEND = CELL - 2 * ROUND, f"a{ROUND:g} {ROUND:g} 0 0 1"
OUTLINE = (
    f"h{SIDE:g}{BEND} {ROUND:g} {ROUND:g}v{SIDE:g}{BEND} -{ROUND:g} {ROUND:g}"
    f"h-{SIDE:g}{BEND} -{ROUND:g} -{ROUND:g}v-{SIDE:g}{BEND} {ROUND:g} -{ROUND:g}z"
)
# Minutes from which a day is darker.
SHADES = (1, 30, 60, 120)


@dataclass(frozen=True, slots=True)
class Day:
    """`shade` from 0 (nothing) to 4."""

    on: date
    minutes: int
    shade: int
    x: float
    y: float

    @property
    def said(self) -> str:
        """As "Tue, 3 Nov 2026"; half a year of days costs templates' own filter a tenth of the page."""
        return f"{self.on:%a}, {self.on.day} {self.on:%b %Y}"


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    x: float


@dataclass(frozen=True, slots=True)
class Days:
    """`quiet` is the outline, an SVG path, of the cells of the days without a minute: one element for most of them."""

    days: tuple[Day, ...]
    months: tuple[Month, ...]
    quiet: str
    cell: float = CELL
    width: float = LEFT + WEEKS * (CELL + GAP)
    height: float = TOP + 7 * (CELL + GAP)
    round: float = ROUND


def days(minutes: Mapping[date, int], *, until: date) -> Days:
    """The last WEEKS weeks, the one of `until` included; `minutes` is {day: minutes in sessions}."""
    monday = until - timedelta(days=until.weekday()) - timedelta(weeks=WEEKS - 1)
    found, months = [], []
    for number in range((until - monday).days + 1):
        on = monday + timedelta(days=number)
        x = round(LEFT + (number // 7) * (CELL + GAP), 1)
        spent = minutes.get(on, 0)
        found.append(
            Day(on, spent, sum(spent >= least for least in SHADES), x, TOP + on.weekday() * (CELL + GAP))
        )
        if on.day == 1 and number // 7 < WEEKS - 1:
            months.append(Month(f"{on:%b}", x))
    quiet = "".join(f"M{day.x + ROUND:g} {day.y:g}{OUTLINE}" for day in found if not day.minutes)
    return Days(tuple(found), tuple(months), quiet)

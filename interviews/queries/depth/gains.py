"""The three changes that would have gained most, each with what it would grow from."""

from __future__ import annotations

from dataclasses import dataclass

from casebank import primer
from casebank.models import CaseVersion
from casebank.primer import Card
from interviews.queries.depth.source import levels_of
from interviews.queries.report import LEVELS, ItemReport, Report
from interviews.rules import gains as rules
from interviews.rules.gains import Outlook, Point


@dataclass(frozen=True, slots=True)
class Gain:
    """A point, its level and the one it would have been raised to; `anchor` says what is seen there, `card` of the
    primer helps."""

    item: ItemReport
    step: str
    level: str
    target: str
    anchor: str
    gain: int
    card: Card | None


@dataclass(frozen=True, slots=True)
class Gains:
    """`name` is the interviewer's whose levels these are, empty for the automatic ones. `worth` is what one level is
    worth in the mean of `count` points; `unshown` are how many points had nothing."""

    name: str
    found: tuple[Gain, ...]
    outlook: Outlook
    count: int
    unshown: int

    @property
    def worth(self) -> float:
        return 1 / self.count


def gains_of(report: Report) -> Gains | None:
    """None before there are levels that this seat may see, and where all of them are 3 already."""
    source = levels_of(report)
    if source is None:
        return None
    items = {item.id: (step.name, item) for step in report.steps for item in step.items}
    points = [Point(id, step, source.by_item[id]) for id, (step, _) in items.items() if id in source.by_item]
    changes = rules.choose(points)
    if not changes:
        return None
    levels = [one.level for one in points]
    return Gains(
        source.name,
        tuple(
            Gain(
                items[one.item][1],
                items[one.item][0],
                LEVELS[one.level],
                LEVELS[one.target],
                rules.anchor(one.item, one.target),
                one.gain,
                _card(one.item, report.session.case_version),
            )
            for one in changes
        ),
        rules.outlook(levels, changes, source.bounds),
        len(levels),
        levels.count(0),
    )


def _card(item: str, version: CaseVersion) -> Card | None:
    """The card about this point that says most about this kind of case; of equals the one that names it first."""
    return max(primer.of_item(item), key=lambda card: card.fits(version.kind, version.tags), default=None)

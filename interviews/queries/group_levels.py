"""A group's members by step, for its mentors: of who agreed to it, of the group's own interviews, and only what the
member may see by now. No notes, no evidence, no verdict, no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casebank import frameworks
from interviews.models import Group, Membership, ScoreSheet
from interviews.queries.progress import CALLED
from interviews.queries.sheets_seen import SeenSheet, sheets_within
from interviews.rules import standing as rules
from interviews.rules.standing import Rating, Standing

Source = ScoreSheet.Source
# Of these many last interviews of each member.
RECENT = 5
# What one thinks of oneself is not asked for here.
SOURCES = (Source.INTERVIEWER, Source.SECOND, Source.AUTOMATIC, Source.JUDGE)


@dataclass(frozen=True, slots=True)
class Member:
    """One row: the means 0-3 by step over `sessions` interviews, None where nothing was said, and the level that they
    come to with its interval; `user` is an account's id. `needs` is the step with the lowest mean."""

    user: int
    name: str
    agrees: bool
    sessions: int
    cells: tuple[float | None, ...]
    standing: Standing | None
    needs: str


@dataclass(frozen=True, slots=True)
class Map:
    """The heat map by one source (`by`), those first who have something to show. `needs` is (step, who needs it most),
    the step that most need first."""

    steps: tuple[str, ...]
    members: tuple[Member, ...]
    by: str
    choices: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """Who has not agreed."""
        return tuple(one.name for one in self.members if not one.agrees)

    @property
    def shown(self) -> tuple[Member, ...]:
        return tuple(one for one in self.members if one.agrees)


def levels_of(group: Group, now: datetime, *, by: str) -> Map:
    """Of everybody who is in the group now. `by` is a source; an unknown one, or one without a sheet, is the first that
    has some."""
    people = list(group.memberships.filter(left_at=None).select_related("user").order_by("joined_at", "pk"))
    people = [one for one in people if not one.is_mentor]
    sheets = sheets_within(group, [one.user_id for one in people if one.shows_levels], now, limit=RECENT)
    have = [
        source
        for source in SOURCES
        if any(sheet.source == source for held in sheets.values() for sheet in held)
    ]
    chosen = next((one for one in have if one == by), next(iter(have), SOURCES[0])).value
    steps = frameworks.default().steps
    members = [
        _member(
            one,
            [sheet for sheet in sheets.get(one.user_id, []) if sheet.source == chosen],
            now,
        )
        for one in people
    ]
    needs = [(step.name, tuple(one.name for one in members if one.needs == step.name)) for step in steps]
    return Map(
        tuple(step.name for step in steps),
        tuple(sorted(members, key=lambda one: not one.sessions)),
        chosen,
        tuple((source.value, CALLED[source]) for source in have),
        tuple(sorted((one for one in needs if one[1]), key=lambda one: -len(one[1]))),
    )


def _member(who: Membership, sheets: Sequence[SeenSheet], now: datetime) -> Member:
    steps = frameworks.default().steps
    cells = []
    for step in steps:
        means = [mean for sheet in sheets if (mean := sheet.mean_of(step.items)) is not None]
        cells.append(sum(means) / len(means) if means else None)
    known = [(mean, step.name) for mean, step in zip(cells, steps, strict=True) if mean is not None]
    ratings = [
        Rating(one.ended_at, one.mean, str(one.session.pk), one.rater) for one in sheets if one.is_enough
    ]
    return Member(
        who.user_id,
        str(who.user),
        who.shows_levels,
        len({one.session.pk for one in sheets}),
        tuple(cells),
        rules.standing(ratings, at=now),
        min(known, key=lambda one: one[0])[1] if known else "",
    )

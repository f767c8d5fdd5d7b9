"""What a candidate does best next: a case, and the points whose review is due. Kept nowhere: it follows from the sheets
that this person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser

from casebank import checklist, frameworks, primer
from casebank.primer import Card
from casebank.seen import Bank
from interviews.models import ScoreSheet
from interviews.queries.next_case import Suggestion, suggestion_for
from interviews.queries.people import level_of
from interviews.queries.sheets_seen import SeenSheet
from interviews.queries.weakest import weakest_step_in
from interviews.rules import review as rules
from interviews.rules.review import Look, Review

Source = ScoreSheet.Source
# Who is asked first for the level of a point in a session: people before machines. One's own rating is no look.
ORDER = (Source.INTERVIEWER, Source.SECOND, Source.AUTOMATIC, Source.JUDGE)
POINTS, CARDS = 2, 2


@dataclass(frozen=True, slots=True)
class Point:
    """One point to work on: whose level its last look was (`source`), in which session, whether it is due, and the
    cards that help."""

    id: str
    text: str
    step: str
    review: Review
    source: str
    session_id: UUID
    is_due: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """`case` is None where every case is known; `plan` and `level` are what a session on it would begin with. `points`
    are empty before the first sheet; `due` counts all that are, `of` all that were looked at."""

    case: Suggestion | None
    plan: str
    level: str
    points: tuple[Point, ...]
    due: int
    of: int


def next_step(user: AbstractBaseUser, bank: Bank, sheets: Sequence[SeenSheet], now: datetime) -> NextStep:
    """Of this person's bank, and of sheets as `sheets_of` gives them."""
    looks = _looks(sheets)
    reviews = {
        item: found
        for item in checklist.texts()
        if (found := rules.review([look for look, _ in looks.get(item, ())]))
    }
    chosen = rules.choose(reviews, now=now, count=POINTS)
    level = level_of(user)
    return NextStep(
        suggestion_for(user, bank, weakest_step_in(sheets), [], level),
        frameworks.default().slug,
        level,
        tuple(_point(item, reviews[item], looks[item], now) for item in chosen),
        sum(one.is_due(now) for one in reviews.values()),
        len(reviews),
    )


def _looks(sheets: Iterable[SeenSheet]) -> dict[str, list[tuple[Look, SeenSheet]]]:
    """One look at each point for each session, by the first source that says something of it, and whose it was. Of a
    panel the lower level counts: what one of them missed is worth another look."""
    by_session: dict[UUID, list[SeenSheet]] = defaultdict(list)
    for sheet in sheets:
        by_session[sheet.session.pk].append(sheet)
    found: dict[str, list[tuple[Look, SeenSheet]]] = defaultdict(list)
    for held in by_session.values():
        told: dict[str, SeenSheet] = {}
        for source in ORDER:
            here: dict[str, SeenSheet] = {}
            for sheet in held:
                for item in sheet.items if sheet.source == source else ():
                    if item not in here or sheet.items[item] < here[item].items[item]:
                        here[item] = sheet
            told = here | told
        for item, sheet in told.items():
            found[item].append((Look(sheet.ended_at, sheet.items[item]), sheet))
    return found


def _point(item: str, found: Review, looks: list[tuple[Look, SeenSheet]], now: datetime) -> Point:
    last = next(sheet for look, sheet in looks if look == found.last)
    step = next(one.name for one in frameworks.default().steps if item in one.items)
    return Point(
        item,
        checklist.texts()[item],
        step,
        found,
        last.source,
        last.session.pk,
        found.is_due(now),
        primer.of_item(item)[:CARDS],
    )

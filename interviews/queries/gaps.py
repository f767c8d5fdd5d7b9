"""Where a second rater and an interviewer are far apart, and what they have said to each other about it; for their eyes
alone. Neither is told the other's name."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser

from casebank import checklist
from interviews.models import ScoreSheet, SecondRating, SecondRemark
from interviews.rules import second as rules


@dataclass(frozen=True, slots=True)
class Gap:
    """One item. `levels` are those that were sealed, {user's id: level}, the second rater's first."""

    item: str
    text: str
    levels: dict[int, int]
    remarks: tuple[SecondRemark, ...]

    def closed_by(self, user_id: int) -> bool:
        return any(one.by_id == user_id and one.level is not None for one in self.remarks)

    def left_for(self, user_id: int) -> int:
        """How many messages this rater may still write."""
        said = sum(one.by_id == user_id and one.level is None for one in self.remarks)
        return rules.left_to_say(said, has_closed=self.closed_by(user_id))

    @property
    def is_closed(self) -> bool:
        """Whether each has said what they keep or would now give."""
        return all(self.closed_by(user) for user in self.levels)


@dataclass(frozen=True, slots=True)
class Discussion:
    """All gaps of a session's second rating, and who talks: {user's id: how they are called}."""

    rating: SecondRating
    gaps: tuple[Gap, ...]
    called: dict[int, str]
    users: tuple[AbstractBaseUser, ...]

    @property
    def open_gaps(self) -> int:
        return sum(not gap.is_closed for gap in self.gaps)


def discussed(rating: SecondRating) -> Discussion | None:
    """None before it is sealed, and where nobody is far apart."""
    if rating.sheet is None or rating.rater is None:
        return None
    given = rating.sheet.submission.sheets.filter(
        source=ScoreSheet.Source.INTERVIEWER, sealed_at__isnull=False, rater__isnull=False
    )
    others = list(given.select_related("rater").prefetch_related("items").order_by("pk"))
    mine = {row.item: row.level for row in rating.sheet.items.all()}
    theirs = {
        one.rater_id: {row.item: row.level for row in one.items.all()} for one in others if one.rater_id
    }
    apart = {user: rules.gaps(mine, levels) for user, levels in theirs.items()}
    talking = [user for user, items in apart.items() if items]
    if not talking:
        return None
    called = {rating.rater_id: "Second rater"} if rating.rater_id else {}
    for place, user in enumerate(theirs):
        called[user] = f"Interviewer {'AB'[place % 2]}" if len(theirs) > 1 else "Interviewer"
    remarks = list(SecondRemark.objects.filter(rating=rating).order_by("at", "pk"))
    texts = checklist.texts()
    gaps = tuple(
        Gap(
            item,
            texts[item],
            {
                **({rating.rater_id: mine[item]} if rating.rater_id else {}),
                **{user: theirs[user][item] for user in talking if item in apart[user]},
            },
            tuple(one for one in remarks if one.item == item),
        )
        for item in texts
        if any(item in apart[user] for user in talking)
    )
    people = (rating.rater, *(one.rater for one in others if one.rater_id in talking and one.rater))
    return Discussion(rating, gaps, called, people)

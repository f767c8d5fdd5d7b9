"""Two raters who are far apart on a point: a few messages, and what each keeps or would now give. No sheet changes."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from casebank.limits import Limit
from interviews.actions.letters import write
from interviews.errors import Refused
from interviews.models import SecondRating, SecondRemark
from interviews.queries.gaps import Discussion, Gap, discussed
from interviews.rules import dispute
from interviews.rules import second as rules

SAY = Limit("second-talk", 120, 3_600, besides="Your words are still in the form.")


@transaction.atomic
def say(*, rating: SecondRating, by: AbstractBaseUser, item: str, words: str, now: datetime) -> SecondRemark:
    """One message about this point; the other is told by mail, once in an hour at most."""
    talk, gap = _held(rating, by, item)
    if gap.closed_by(by.pk):
        raise Refused("closed", "You have closed this point. What was said stays.")
    if not gap.left_for(by.pk):
        raise Refused("enough", f"Each writes {rules.MESSAGES} messages to a point at most. Close it now.")
    made = SecondRemark.objects.create(
        rating=rating, item=item, by_id=by.pk, words=_words(words, needed=True), at=now
    )
    _tell(talk, gap, by, now)
    return made


@transaction.atomic
def close(
    *, rating: SecondRating, by: AbstractBaseUser, item: str, level: int, words: str, now: datetime
) -> SecondRemark:
    """One's last word: the level that one keeps, or would now give; once. It stands beside the sheet."""
    talk, gap = _held(rating, by, item)
    if gap.closed_by(by.pk):
        raise Refused("closed", "You have closed this point already. It stays as you closed it.")
    if level not in range(4):
        raise Refused("no_level", "Choose the level that you keep, or would now give.", status=422)
    made = SecondRemark.objects.create(
        rating=rating, item=item, by_id=by.pk, level=level, words=_words(words, needed=False), at=now
    )
    _tell(talk, gap, by, now)
    return made


def _held(rating: SecondRating, by: AbstractBaseUser, item: str) -> tuple[Discussion, Gap]:
    SecondRating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
    talk = discussed(rating)
    gap = next((one for one in talk.gaps if one.item == item and by.pk in one.levels), None) if talk else None
    if talk is None or gap is None:
        raise Refused("no_gap", "You are not apart on such a point.", status=404)
    return talk, gap


def _words(given: str, *, needed: bool) -> str:
    said = dispute.words(given)
    if not said and not needed:
        return ""
    if not said or len(said) > rules.LONGEST:
        raise Refused("words", f"Write a sentence or two, at most {rules.LONGEST} characters.", status=422)
    return said


def _tell(talk: Discussion, gap: Gap, by: AbstractBaseUser, now: datetime) -> None:
    for user in talk.users:
        if user.pk != by.pk and user.pk in gap.levels:
            write(
                user,
                "The other rater has answered",
                "interviews/second/mail/said.txt",
                ("interviews:second_talk", talk.rating.pk),
                key=f"second:{talk.rating.pk}:said:{user.pk}:{now:%Y%m%d%H}",
                now=now,
            )

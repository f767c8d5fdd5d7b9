"""Rating calibration sessions: opening a work, drafts that are saved as one rates, and sealing, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from casebank.actions import seen
from casebank.limits import Limit
from casebank.models import Case, SeenCase
from interviews.actions import drafts
from interviews.actions.drafts import Incomplete
from interviews.calibration import keys
from interviews.calibration.works import Work
from interviews.errors import Refused
from interviews.models import CalibrationDraft, CalibrationLevel, CalibrationRating
from interviews.queries.calibration import form_of, steps, would_spoil
from interviews.rules import calibration as rules

# A form that saves at each choice does so several times a second when somebody rates by keyboard; the form waits for
# the answer before it saves again.
SAVE = Limit("calibration", 180, besides="What you chose is still in the form.")


def open_work(*, user: AbstractBaseUser, work: Work, although_it_spoils: bool, now: datetime) -> None:
    """Whoever reads a work knows its case from now on. Refused with the code "would_spoil" to whoever waits to be
    interviewed on it, unless `although_it_spoils`."""
    if not although_it_spoils and would_spoil(user, work):
        raise Refused(
            "would_spoil",
            "You are about to be interviewed on the case that this work answers. Reading it would give a lot away.",
        )
    case = Case.objects.filter(slug=work.case, owner=None).first()
    if case is not None:
        seen.mark(case_id=case.pk, ways={user.pk: SeenCase.How.OBSERVER}, now=now)


@transaction.atomic
def save_draft(
    *, user: AbstractBaseUser, work: Work, given: Mapping[str, str], base: int, now: datetime
) -> CalibrationDraft:
    """Keep what is chosen, on top of save number `base`; the same again is no change. Raises Stale, or Refused where
    one may not rate this work now."""
    _hold(user)
    form = form_of(user, work, now)
    if not form.may_rate:
        raise sealed()
    answers = rules.draft(form.questions, given)
    draft, _ = CalibrationDraft.objects.get_or_create(
        rater_id=user.pk, work=work.slug, defaults={"updated_at": now}
    )
    return drafts.keep(draft, answers, base=base, now=now)


@transaction.atomic
def seal(*, user: AbstractBaseUser, work: Work, given: Mapping[str, str], now: datetime) -> CalibrationRating:
    """The levels as they are from now on, beside the key's of today. Raises Incomplete, or Refused."""
    _hold(user)
    form = form_of(user, work, now)
    if not form.may_rate:
        raise sealed()
    reading = rules.sealed(steps(), form.questions, given)
    if reading.faults:
        raise Incomplete(reading.faults)
    key = keys.of(work.slug)
    levels = {item: int(value) for item, value in reading.answers.items()}
    rating = CalibrationRating.objects.create(
        rater_id=user.pk,
        work=work.slug,
        round=form.round,
        overall=levels.pop("overall"),
        key_overall=key.overall,
        sealed_at=now,
    )
    CalibrationLevel.objects.bulk_create(
        CalibrationLevel(rating=rating, item=item, level=level, key=key.levels[item])
        for item, level in levels.items()
    )
    CalibrationDraft.objects.filter(rater_id=user.pk, work=work.slug).delete()
    return rating


def _hold(user: AbstractBaseUser) -> None:
    """A person's windows take turns, so that one work is sealed once."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)


def sealed() -> Refused:
    """What is said to whoever may not rate a work now."""
    days = rules.AGAIN_AFTER.days
    return Refused(
        "sealed",
        f"You have sealed your levels of this work; they stay as they are. You can rate it again {days} days after.",
    )

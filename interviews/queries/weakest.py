"""A person's weakest step, from the scores of their own last sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import OuterRef, Subquery, Sum

from casebank import frameworks
from casebank.training import WeakestStep
from interviews.models import ItemScore, Role, ScoreSheet, Submission
from interviews.queries.sheets_seen import SeenSheet
from interviews.rules.weakest import SESSIONS, weakest


def weakest_step_of(user: AbstractBaseUser) -> WeakestStep | None:
    """The lowest step of the default framework over the last sessions in which this person was the candidate and has
    rated themselves or skipped that, by the newest automatic sheet of each; None before the first score."""
    newest = ScoreSheet.objects.filter(
        submission=OuterRef("pk"), source=ScoreSheet.Source.AUTOMATIC
    ).order_by("-created_at")
    mine = (
        Submission.objects.filter(
            session__seats__user_id=user.pk,
            session__seats__role=Role.CANDIDATE,
            session__seats__self_rating__isnull=False,
        )
        .annotate(sheet=Subquery(newest.values("pk")[:1]))
        .exclude(sheet=None)
        .order_by("-submitted_at")
    )
    sheets = list(mine.values_list("sheet", flat=True)[:SESSIONS])
    if not sheets:
        return None
    sums = ItemScore.objects.filter(sheet__in=sheets).values_list("item").annotate(Sum("level"))
    return _lowest(dict(sums), len(sheets))


def weakest_step_in(sheets: Iterable[SeenSheet]) -> WeakestStep | None:
    """The same, for who has a person's sheets at hand as `sheets_of` gives them."""
    newest = [one for one in sheets if one.source == ScoreSheet.Source.AUTOMATIC][:SESSIONS]
    sums: Counter[str] = Counter()
    for sheet in newest:
        sums.update(sheet.items)
    return _lowest(sums, len(newest)) if newest else None


def _lowest(sums: Mapping[str, int], sheets: int) -> WeakestStep | None:
    steps = {step.id: step for step in frameworks.default().phases}
    lowest = weakest(
        {item: total / sheets for item, total in sums.items()}, {id: step.items for id, step in steps.items()}
    )
    if lowest is None:
        return None
    id, mean = lowest
    return WeakestStep(id, steps[id].name, mean, sheets)

"""Reads of the case bank."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from casebank.models import CaseVersion, Share


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person looks for; empty means everything."""

    words: str = ""
    tag: str = ""
    level: str = ""
    kind: str = ""


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[CaseVersion]:
    """The newest version of each case that this user may see: the project's own, one's own, and what is shared."""
    newest = CaseVersion.objects.order_by("case_id", "-number").distinct("case_id").values("pk")
    mine = Q(case__owner_id=user.pk) | _shared_with(user) if user.is_authenticated else Q()
    return (
        CaseVersion.objects.filter(Q(case__owner=None) | mine, pk__in=newest)
        .select_related("case")
        .order_by("title")
    )


def _shared_with(user: AbstractBaseUser | AnonymousUser) -> Q:
    """Anybody can claim an address; only who has confirmed it is meant."""
    confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True).values_list(Lower("email"))
    return Q(case__in=Share.objects.filter(email__in=confirmed).values("case"))


def find(user: AbstractBaseUser | AnonymousUser, wanted: Filter) -> QuerySet[CaseVersion]:
    """The cases that fit the filter. Words are looked for in what a candidate may see, and nowhere else."""
    found = visible_to(user)
    for word in wanted.words.split()[:10]:
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(tags__icontains=word))
    if wanted.tag:
        found = found.filter(tags__contains=[wanted.tag])
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return found


def choices(user: AbstractBaseUser | AnonymousUser) -> dict[str, list[str]]:
    """The tags, levels and kinds that there are to filter by."""
    rows = list(visible_to(user).values_list("tags", "level", "kind"))
    return {
        "tags": sorted({tag for tags, _, _ in rows for tag in tags}),
        "levels": [level for level in ("mid", "senior", "staff") if any(row[1] == level for row in rows)],
        "kinds": sorted({kind for _, _, kind in rows}),
    }

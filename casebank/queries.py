"""Reads of the case bank."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from casebank.models import CaseVersion, Draft, Share


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[CaseVersion]:
    """The newest version of each case in the bank that this user may see: the project's own, one's own, and what is
    shared. A retired case is in nobody's bank, not even its owner's."""
    newest = _newest()
    mine = Q(case__owner_id=user.pk) | _shared_with(user) if user.is_authenticated else Q()
    return (
        CaseVersion.objects.filter(Q(case__owner=None) | mine, case__retired_at=None, pk__in=newest)
        .select_related("case")
        .order_by("title")
    )


def retired_by(user: AbstractBaseUser | AnonymousUser) -> QuerySet[CaseVersion]:
    """The newest version of each case that this user has taken out of the bank, the last one first."""
    mine = CaseVersion.objects.filter(
        case__owner_id=user.pk, case__retired_at__isnull=False, pk__in=_newest()
    )
    return mine.select_related("case").defer("prompt", "search").order_by("-case__retired_at")


def own_versions(owner: AbstractBaseUser | None) -> QuerySet[CaseVersion]:
    """Every version of each case in the bank that this person owns, or of the project's own; by case, the oldest
    first."""
    found = CaseVersion.objects.filter(case__owner_id=owner.pk if owner else None, case__retired_at=None)
    return found.select_related("case").defer("search").order_by("case__slug", "number")


def _newest() -> QuerySet[CaseVersion, Any]:
    return CaseVersion.objects.order_by("case_id", "-number").distinct("case_id").values("pk")


def _shared_with(user: AbstractBaseUser | AnonymousUser) -> Q:
    """Anybody can claim an address; only who has confirmed it is meant."""
    confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True).values_list(Lower("email"))
    return Q(case__in=Share.objects.filter(email__in=confirmed).values("case"))


def drafts_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Draft]:
    """A person's drafts without their texts, the last saved first."""
    found = Draft.objects.filter(owner_id=user.pk).select_related("case", "base").defer("text")
    return found.order_by("-updated_at")

"""Reads of the case bank."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from casebank.models import CaseVersion


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[CaseVersion]:
    """The newest version of each case that this user may see: the project's own, and one's own."""
    newest = CaseVersion.objects.order_by("case_id", "-number").distinct("case_id").values("pk")
    mine = Q(case__owner_id=user.pk) if user.is_authenticated else Q()
    return (
        CaseVersion.objects.filter(Q(case__owner=None) | mine, pk__in=newest)
        .select_related("case")
        .order_by("title")
    )

"""Who does not want to meet whom."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from interviews.models import Block


def blocked_among(people: Collection[int]) -> set[frozenset[int]]:
    """The pairs of these users' ids of whom one has blocked the other, whichever."""
    found = Block.objects.filter(by__in=people, of__in=people).values_list("by", "of")
    return {frozenset(pair) for pair in found}


def blocks_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Block]:
    """Whom this user has blocked, the newest first; only for that user's eyes."""
    return Block.objects.filter(by=user.pk).select_related("of").order_by("-created_at", "-pk")


def blocked_with(user: int) -> set[int]:
    """The ids of those whom this user has blocked, or who have blocked this user."""
    found = Block.objects.filter(Q(by=user) | Q(of=user)).values_list("by", "of")
    return {one for pair in found for one in pair} - {user}

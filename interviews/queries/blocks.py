"""Who does not want to meet whom."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from interviews.models import Block


def blocked_among(people: Collection[int]) -> set[frozenset[int]]:
    """The pairs of these users' ids of whom one has blocked the other, whichever."""
    found = Block.objects.filter(by__in=people, of__in=people).values_list("by", "of")
    return {frozenset(pair) for pair in found}


def blocked_with(user: int) -> set[int]:
    """The ids of those whom this user has blocked, or who have blocked this user."""
    found = Block.objects.filter(Q(by=user) | Q(of=user)).values_list("by", "of")
    return {one for pair in found for one in pair} - {user}

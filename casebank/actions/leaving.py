"""What goes from the case bank with a person who deletes their account."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import ProtectedError, Q

from casebank.actions.retire import retire
from casebank.models import Case, Draft, SeenCase, Share


def leave(*, user: AbstractBaseUser, addresses: Collection[str], now: datetime) -> int:
    """Delete this person's drafts, private cases, what they know, and what was shared with their `addresses`. A case on
    which somebody else's session stands is retired instead, and shared with nobody; returns how many those are."""
    Draft.objects.filter(owner_id=user.pk).delete()
    SeenCase.objects.filter(user_id=user.pk).delete()
    theirs = Q()
    for address in addresses:
        theirs |= Q(email__iexact=address)
    Share.objects.filter(theirs | Q(case__owner_id=user.pk)).delete()
    kept = 0
    for case in Case.objects.filter(owner_id=user.pk):
        try:
            with transaction.atomic():
                case.delete()
        except ProtectedError:
            retire(case=case, now=now)
            kept += 1
    return kept

"""Showing a private case to others, by their address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank import audit
from casebank.errors import Refused
from casebank.models import Case, Share

MAX_SHARES = 50


@transaction.atomic
def share(*, case: Case, email: str, now: datetime) -> Share:
    """Show a case to whoever has confirmed this address, now or later. Whether anybody has is not looked at, so the
    answer tells nothing of who has an account. Sharing twice changes nothing."""
    found = Share.objects.filter(case=case, email=email.lower()).first()
    if found:
        return found
    if case.shares.count() >= MAX_SHARES:
        raise Refused(
            "too_many_shares",
            f"A case is shared with at most {MAX_SHARES} addresses. Revoke one and try again.",
        )
    made, is_new = Share.objects.get_or_create(case=case, email=email.lower(), defaults={"created_at": now})
    if is_new:
        audit.tell("case.shared", case, by=case.owner_id)
    return made


@transaction.atomic
def revoke(*, case: Case, share_id: int) -> None:
    """Stop showing a case to an address. Sessions that were begun with it keep their version; a missing one is fine."""
    if Share.objects.filter(case=case, pk=share_id).delete()[0]:
        audit.tell("case.unshared", case, by=case.owner_id)

"""Noting that somebody has come to know a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from casebank.models import SeenCase


def mark(*, case_id: int, ways: Mapping[int, str], now: datetime) -> None:
    """Note how each person came to know this case: {user id: SeenCase.How}. What is noted already stays as it is."""
    SeenCase.objects.bulk_create(
        [SeenCase(user_id=user, case_id=case_id, how=how, at=now) for user, how in ways.items()],
        ignore_conflicts=True,
    )

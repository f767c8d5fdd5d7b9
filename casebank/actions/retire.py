"""Taking one's own case out of the bank, and bringing it back.

Nothing is deleted: sessions keep the version that they began with, and their reports, replays and sheets with it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank import audit
from casebank.models import Case


def retire(*, case: Case, now: datetime) -> None:
    """From now on nobody finds the case, opens it or begins a session with it, whoever it was shared with. Retiring
    twice changes nothing."""
    _set(case, now)


def restore(*, case: Case) -> None:
    """Bring it back as it was, for those whom it is shared with too."""
    _set(case, None)


@transaction.atomic
def _set(case: Case, at: datetime | None) -> None:
    """Whoever publishes a version holds the same row, so that no version is published into a retired case."""
    row = Case.objects.select_for_update().get(pk=case.pk)
    if (row.retired_at is None) is not (at is None):
        row.retired_at = at
        row.save(update_fields=["retired_at"])
        audit.tell("case.retired" if at else "case.restored", row, by=row.owner_id)

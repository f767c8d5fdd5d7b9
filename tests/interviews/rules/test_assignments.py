from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from interviews.rules.assignments import may_start, standing

NOW = timezone.now()


@pytest.mark.parametrize(
    ("state", "reason", "late", "is_", "starts"),
    [
        ("", "", False, "open", True),
        ("", "", True, "overdue", True),
        ("lobby", "", True, "waiting", False),
        ("live", "", False, "running", False),
        ("ended", "submitted", True, "done", False),
        ("ended", "deadline", False, "done", False),
        ("ended", "abandoned", False, "open", True),
        ("ended", "abandoned", True, "overdue", True),
    ],
)
def test_how_far_an_assignment_is(state: str, reason: str, late: bool, is_: str, starts: bool) -> None:
    due = NOW - timedelta(hours=1) if late else NOW + timedelta(hours=1)
    found = standing(state=state, end_reason=reason, due_at=due, now=NOW)
    assert (found, may_start(found)) == (is_, starts)

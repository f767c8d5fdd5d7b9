"""How long the queue of record has waited."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from interviews.models import ScoreJob


def seconds_waited(now: datetime) -> int:
    """Whole seconds since the oldest unfinished local score was queued; 0 where none waits."""
    unfinished = ScoreJob.objects.filter(
        scorer=ScoreJob.Scorer.LOCAL, state__in=[ScoreJob.State.QUEUED, ScoreJob.State.RUNNING]
    )
    since = unfinished.aggregate(since=Min("created_at"))["since"]
    return max(int((now - since).total_seconds()), 0) if since else 0

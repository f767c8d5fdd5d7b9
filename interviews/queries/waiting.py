"""How long the queues of record have waited."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from interviews.models import OutgoingMail, ScoreJob, WebhookDelivery


def seconds_waited(now: datetime) -> int:
    """Whole seconds since the oldest unfinished local score was queued; 0 where none waits."""
    return _score_waited(ScoreJob.Scorer.LOCAL, now)


def judge_waited(now: datetime) -> int:
    """The same for the judge's jobs."""
    return _score_waited(ScoreJob.Scorer.JUDGE, now)


def _score_waited(scorer: str, now: datetime) -> int:
    unfinished = ScoreJob.objects.filter(
        scorer=scorer, state__in=[ScoreJob.State.QUEUED, ScoreJob.State.RUNNING]
    )
    since = unfinished.aggregate(since=Min("created_at"))["since"]
    return max(int((now - since).total_seconds()), 0) if since else 0


def mail_waited(now: datetime) -> int:
    """Whole seconds since the oldest mail that still waits was queued; 0 where none waits."""
    waiting = OutgoingMail.objects.filter(state__in=[OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING])
    since = waiting.aggregate(since=Min("created_at"))["since"]
    return max(int((now - since).total_seconds()), 0) if since else 0


def mails_stuck() -> int:
    """How many mails the server has refused, or nobody knows to have left: an admin decides about them."""
    return OutgoingMail.objects.filter(
        state__in=[OutgoingMail.State.REFUSED, OutgoingMail.State.DOUBTFUL]
    ).count()


def webhook_waited(now: datetime) -> int:
    """Whole seconds since the oldest message to a webhook that was never tried was queued; 0 where none waits. Those
    that failed wait for their receivers, which says nothing of this house."""
    untried = WebhookDelivery.objects.filter(
        state=WebhookDelivery.State.QUEUED, attempts=0, next_at__lte=now, webhook__paused_at=None
    )
    since = untried.aggregate(since=Min("next_at"))["since"]
    return max(int((now - since).total_seconds()), 0) if since else 0

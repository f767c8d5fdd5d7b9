"""The queue of record for scores: enqueue, run, sweep.

Postgres holds the queue; Celery is only nudged, so a lost message, a dead broker or a killed worker costs time and
never a score. docs/adr/0004 gives the reasons.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from interviews.models import ItemScore, ScoreJob, ScoreSheet, Submission
from interviews.queries.scorer_input import scorer_input
from interviews.rules import queue
from interviews.scoring.evidence import as_stored
from interviews.scoring.scorer import VERSION, score

log = logging.getLogger(__name__)


def enqueue(*, submission: Submission, now: datetime) -> ScoreJob:
    """Queue the local score of a submission, once; nudge a worker when the transaction is committed."""
    job, _ = ScoreJob.objects.get_or_create(
        submission=submission, scorer="local", defaults={"lease_until": now + queue.GRACE, "created_at": now}
    )
    transaction.on_commit(lambda: nudge(job.pk))
    return job


def nudge(job_id: int) -> None:
    """Tell a worker that there is work. If the broker does not answer, the sweeper nudges again."""
    from interviews.tasks import score as task

    try:
        task.delay(job_id)
    except Exception as error:  # whatever the broker's client raises, the job is safe in Postgres
        log.warning("Could not nudge a worker for score job %s: %s", job_id, error)


def run(*, job_id: int, now: datetime) -> bool:
    """Do one job; True if this call wrote its sheet. Safe to call twice, and from two workers at once."""
    job = _claim(job_id, now)
    if job is None:
        return False
    sheet = score(scorer_input(job.submission))
    with transaction.atomic():
        # Whoever still holds this attempt writes; a worker that was declared dead does not.
        mine = ScoreJob.objects.filter(pk=job.pk, attempts=job.attempts).exclude(state=ScoreJob.State.DONE)
        if not mine.update(state=ScoreJob.State.DONE, done_at=now, lease_until=None, last_error=""):
            return False
        row = ScoreSheet.objects.create(
            submission=job.submission,
            source=ScoreSheet.Source.AUTOMATIC,
            scorer=job.scorer,
            scorer_version=VERSION,
            overall=sheet.overall,
            arithmetic=dict(sheet.arithmetic),
            created_at=now,
            sealed_at=now,
        )
        ItemScore.objects.bulk_create(
            ItemScore(
                sheet=row,
                item=item,
                level=result.level,
                confidence=result.confidence,
                evidence=[as_stored(piece) for piece in result.evidence],
            )
            for item, result in sheet.items.items()
        )
    return True


def sweep(*, now: datetime) -> int:
    """Nudge every unfinished job whose lease has run out, and park the poisonous; returns how many it touched."""
    with transaction.atomic():
        late = list(
            ScoreJob.objects.select_for_update(skip_locked=True)
            .filter(state__in=[ScoreJob.State.QUEUED, ScoreJob.State.RUNNING], lease_until__lte=now)
            .order_by("lease_until")[:50]
        )
        for job in late:
            if queue.is_poison(job.attempts):
                _park(job, "The scorer stopped three times while working on this submission.")
            else:
                job.state, job.lease_until = ScoreJob.State.QUEUED, now + queue.GRACE
                job.save(update_fields=["state", "lease_until"])
                transaction.on_commit(lambda pk=job.pk: nudge(pk))  # type: ignore[misc]
    return len(late)


def retry(*, job: ScoreJob, now: datetime) -> None:
    """Score a parked submission again, by a person's wish."""
    revived = ScoreJob.objects.filter(pk=job.pk, state=ScoreJob.State.PARKED).update(
        state=ScoreJob.State.QUEUED, attempts=0, last_error="", lease_until=now + queue.GRACE
    )
    if revived:
        transaction.on_commit(lambda: nudge(job.pk))


def fail(*, job_id: int, reason: str, now: datetime) -> None:
    """Note that an attempt raised, and queue the job again; the sweeper nudges, or parks it."""
    ScoreJob.objects.filter(pk=job_id, state=ScoreJob.State.RUNNING).update(
        state=ScoreJob.State.QUEUED, last_error=reason[:500], lease_until=now + queue.GRACE
    )


def _claim(job_id: int, now: datetime) -> ScoreJob | None:
    """Take the job if it is queued, counting the attempt before the work begins. A job whose worker died is
    queued again by the sweep alone, so a stray nudge never takes one that is being worked on."""
    with transaction.atomic():
        job = (
            ScoreJob.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("submission__session__case_version__case")
            .filter(pk=job_id, state=ScoreJob.State.QUEUED)
            .first()
        )
        if job is None:
            return None
        if queue.is_poison(job.attempts):
            _park(job, job.last_error or "The scorer failed three times on this submission.")
            return None
        job.state = ScoreJob.State.RUNNING
        job.attempts += 1
        job.lease_until = now + queue.LEASE
        job.save(update_fields=["state", "attempts", "lease_until"])
    return job


def _park(job: ScoreJob, reason: str) -> None:
    job.state, job.lease_until = ScoreJob.State.PARKED, None
    job.last_error = job.last_error or reason
    job.save(update_fields=["state", "lease_until", "last_error"])
    log.error("Score job %s is parked: %s", job.pk, job.last_error)

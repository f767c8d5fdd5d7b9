"""The queue of record: enqueue, nudge, claim, release, park, sweep, try again.

Postgres holds the queue; Celery is only nudged, so a lost message, a dead broker or a killed worker costs time and
never a score. docs/adr/0004 gives the reasons.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from interviews.actions import nudges
from interviews.errors import Refused
from interviews.models import ScoreJob, Submission
from interviews.rules import queue

log = logging.getLogger(__name__)
State = ScoreJob.State


def enqueue(*, submission: Submission, scorer: str = "local", now: datetime) -> ScoreJob:
    """Queue a scoring of a submission, once for each scorer; nudge a worker when the transaction is committed."""
    job, _ = ScoreJob.objects.get_or_create(
        submission=submission, scorer=scorer, defaults={"lease_until": now + queue.GRACE, "created_at": now}
    )
    transaction.on_commit(lambda: nudge(job.pk, job.scorer))
    return job


def enqueue_again(*, submissions: Iterable[int], now: datetime, tell: bool = True) -> list[ScoreJob]:
    """Queue the local score of these submissions (ids) once more; their sheets stay. What waits or runs already is left
    as it is. Workers are nudged if `tell`. Returns all of their jobs."""
    ids = list(submissions)
    lease = now + queue.GRACE
    with transaction.atomic():
        ScoreJob.objects.bulk_create(
            (ScoreJob(submission_id=id, lease_until=lease, created_at=now) for id in ids),
            ignore_conflicts=True,
        )
        mine = ScoreJob.objects.filter(submission_id__in=ids, scorer=ScoreJob.Scorer.LOCAL)
        mine.filter(state__in=[State.DONE, State.PARKED]).update(
            state=State.QUEUED, attempts=0, done_at=None, last_error="", lease_until=lease, created_at=now
        )
        jobs = list(mine.order_by("pk"))
        for job in jobs:
            if tell and job.state == State.QUEUED:
                transaction.on_commit(lambda pk=job.pk: nudge(pk, "local"))  # type: ignore[misc]
    return jobs


def nudge(job_id: int, scorer: str) -> None:
    """Tell a worker that there is work. If the broker does not answer, the sweeper nudges again."""
    nudges.nudge("judge" if scorer == ScoreJob.Scorer.JUDGE else "score", job_id)


def claim(job_id: int, *, scorer: str, now: datetime) -> ScoreJob | None:
    """Take the job if it is queued, counting the attempt before the work begins. A job whose worker died is
    queued again by the sweep alone, so a stray nudge never takes one that is being worked on."""
    with transaction.atomic():
        job = (
            ScoreJob.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("submission__session__case_version__case")
            .filter(pk=job_id, scorer=scorer, state=State.QUEUED)
            .first()
        )
        if job is None:
            return None
        if queue.is_poison(job.attempts):
            _park(job, job.last_error or "The scorer failed three times on this submission.")
            return None
        job.state = State.RUNNING
        job.attempts += 1
        job.lease_until = now + queue.LEASES[scorer]
        job.save(update_fields=["state", "attempts", "lease_until"])
    return job


def held(job: ScoreJob) -> QuerySet[ScoreJob]:
    """The job's row, if this claim still holds it: who was declared dead meanwhile finds nothing here."""
    return ScoreJob.objects.filter(pk=job.pk, state=State.RUNNING, lease_until=job.lease_until)


def finish(job: ScoreJob, *, now: datetime) -> bool:
    """Mark a claimed job as done, in the transaction that writes its sheet; False if the claim is lost."""
    done = held(job).update(
        state=State.DONE, done_at=now, lease_until=None, last_error="", revived=0, revived_at=None
    )
    return bool(done)


def go_on(job: ScoreJob, *, now: datetime) -> None:
    """Give a claimed job back after a part of its work is done: the tries count from the start, and the next part is
    nudged. Call it in the transaction that keeps the part."""
    if held(job).update(state=State.QUEUED, attempts=0, last_error="", lease_until=now + queue.GRACE):
        transaction.on_commit(lambda: nudge(job.pk, job.scorer))


def release(
    job: ScoreJob, *, reason: str, now: datetime, final: bool = False, wait: timedelta | None = None
) -> None:
    """Note that an attempt failed. The sweeper nudges again after `wait`; it is parked after the third try, or at once
    where trying again cannot help."""
    with transaction.atomic():
        mine = held(job).select_for_update().first()
        if mine is None:
            return
        mine.last_error = reason[:500]
        if final or queue.is_poison(mine.attempts):
            _park(mine, reason)
        else:
            mine.state, mine.lease_until = State.QUEUED, now + (wait or queue.GRACE)
            mine.save(update_fields=["state", "lease_until", "last_error"])


def sweep(*, now: datetime) -> int:
    """Nudge every unfinished job whose lease has run out, and park the poisonous; returns how many it touched."""
    with transaction.atomic():
        late = list(
            ScoreJob.objects.select_for_update(skip_locked=True)
            .filter(state__in=[State.QUEUED, State.RUNNING], lease_until__lte=now)
            .order_by("lease_until")[:50]
        )
        for job in late:
            if queue.is_poison(job.attempts):
                _park(job, "The scorer stopped three times while working on this submission.")
            else:
                job.state, job.lease_until = State.QUEUED, now + queue.patience(now - job.created_at)
                job.save(update_fields=["state", "lease_until"])
                transaction.on_commit(lambda job=job: nudge(job.pk, job.scorer))  # type: ignore[misc]
    return len(late)


def retry(*, job: ScoreJob, now: datetime) -> None:
    """Try a parked job again, by a person's wish. Raises Refused where they did so a moment ago; a job that is not
    parked is left alone."""
    with transaction.atomic():
        parked = ScoreJob.objects.select_for_update().filter(pk=job.pk, state=State.PARKED).first()
        if parked is None:
            return
        when = queue.may_try_again(parked.revived, parked.revived_at)
        if when is not None and now < when:
            minutes = -(-(when - now) // timedelta(minutes=1))
            raise Refused(
                "too_soon",
                f"This was tried a moment ago and failed again. Try once more in {minutes} minutes; "
                "notes and board are kept.",
                status=429,
            )
        parked.state, parked.attempts, parked.last_error = State.QUEUED, 0, ""
        parked.lease_until, parked.created_at = now + queue.GRACE, now
        parked.revived, parked.revived_at = min(parked.revived + 1, 1000), now
        parked.save()
        transaction.on_commit(lambda: nudge(parked.pk, parked.scorer))


def _park(job: ScoreJob, reason: str) -> None:
    job.state, job.lease_until = State.PARKED, None
    job.last_error = job.last_error or reason[:500]
    job.save(update_fields=["state", "lease_until", "last_error"])
    log.error("Score job %s is parked: %s", job.pk, job.last_error)

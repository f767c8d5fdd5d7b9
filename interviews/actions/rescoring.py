"""Scoring everything again with this version of the scorer, a batch at a time. Old sheets stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from interviews.actions import jobs, scoring
from interviews.models import ScoreJob, ScoreSheet, Submission
from interviews.scoring.scorer import VERSION


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` have a sheet of this version now, `failed` could not be scored, `skewed` were scored by a worker that runs
    another version; of `total` at the beginning. `idle` counts the looks in a row at which nothing had changed."""

    total: int
    done: int = 0
    failed: int = 0
    skewed: int = 0
    idle: int = 0

    @property
    def finished(self) -> int:
        return self.done + self.failed + self.skewed


def unscored() -> QuerySet[Submission]:
    """The submissions that have no sheet of this version, in the order of their ids."""
    mine = ScoreSheet.objects.filter(
        submission=OuterRef("pk"), source=ScoreSheet.Source.AUTOMATIC, scorer_version=VERSION
    )
    return Submission.objects.filter(~Exists(mine)).order_by("pk")


def rescore(
    *, batch: int, here: bool, now: Callable[[], datetime], wait: Callable[[], None]
) -> Iterator[Progress]:
    """Score what has no sheet of this version yet: by the workers, or in this process if `here`. At most `batch` wait
    in the queue at once, so a fresh submission waits no longer than that, and stopping leaves no more behind. Yields
    at every look; `wait` is called between two of them."""
    progress = Progress(unscored().count())
    last = 0
    yield progress
    while ids := list(unscored().filter(pk__gt=last).values_list("pk", flat=True)[:batch]):
        last = ids[-1]
        queued = jobs.enqueue_again(submissions=ids, now=now(), tell=not here)
        if here:
            for job in queued:
                _score_here(job, now)
        before, idle = progress, 0
        while (left := _unfinished(ids)) and not here:
            seen = _count(before, ids)
            idle = idle + 1 if seen.finished == progress.finished else 0
            progress = replace(seen, idle=idle)
            yield progress
            wait()
        progress = _count(before, ids, unfinished=left)
        yield progress


def _score_here(job: ScoreJob, now: Callable[[], datetime]) -> None:
    """Up to three tries, as a worker would; what fails is parked with its reason."""
    for _ in range(3):
        try:
            scoring.run(job_id=job.pk, now=now())
            return
        except Exception:  # noqa: S112  # the job keeps the reason
            continue


def _unfinished(ids: list[int]) -> int:
    states = [ScoreJob.State.QUEUED, ScoreJob.State.RUNNING]
    return ScoreJob.objects.filter(
        submission_id__in=ids, scorer=ScoreJob.Scorer.LOCAL, state__in=states
    ).count()


def _count(before: Progress, ids: list[int], unfinished: int = 0) -> Progress:
    """The progress before this batch, and what has become of the batch."""
    jobs_of = ScoreJob.objects.filter(submission_id__in=ids, scorer=ScoreJob.Scorer.LOCAL)
    failed = jobs_of.filter(state=ScoreJob.State.PARKED).count()
    without = set(unscored().filter(pk__in=ids).values_list("pk", flat=True))
    skewed = jobs_of.filter(state=ScoreJob.State.DONE, submission_id__in=without).count()
    return replace(
        before,
        done=before.done + len(ids) - len(without),
        failed=before.failed + failed,
        skewed=before.skewed + skewed,
        idle=0,
    )

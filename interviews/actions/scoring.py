"""The local score of a submission, and whatever follows from its being handed in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from interviews.actions import jobs, webhook_events
from interviews.models import ItemScore, ScoreJob, ScoreSheet, Submission
from interviews.queries.scorer_input import scorer_input
from interviews.scoring.evidence import as_stored
from interviews.scoring.language import CannotJudge
from interviews.scoring.scorer import VERSION, score
from interviews.scoring.sheet import Sheet
from interviews.scoring.submission import CaseTerms
from interviews.scoring.submission import Submission as ScorerInput
from whiteboard.graph import Graph


def enqueue(*, submission: Submission, now: datetime) -> ScoreJob:
    """Queue the local score, and the judge's where the settings want it of every submission. Returns the first."""
    if settings.JUDGE is not None and settings.JUDGE.when == "always":
        jobs.enqueue(submission=submission, scorer=ScoreJob.Scorer.JUDGE, now=now)
    return jobs.enqueue(submission=submission, now=now)


def run(*, job_id: int, now: datetime) -> bool:
    """Do one job; True if this call finished it. Safe to call twice, and from two workers at once. What the scorer
    raises is noted on the job and raised again; notes that it cannot judge park the job at once."""
    job = jobs.claim(job_id, scorer=ScoreJob.Scorer.LOCAL, now=now)
    if job is None:
        return False
    try:
        sheet = score(scorer_input(job.submission))
        with transaction.atomic():
            if not jobs.finish(job, now=now):
                return False
            _write(job, sheet, now)
    except CannotJudge as error:
        jobs.release(job, reason=str(error), now=now, final=True)
        return False
    except Exception as error:
        jobs.release(job, reason=f"{type(error).__name__}: {error}", now=now)
        raise
    return True


def check() -> None:
    """Raise whatever keeps the scorer from working here, such as a missing model file, before any work is taken."""
    notes = {"clarify": "We serve 100 million people a day."}
    score(ScorerInput(id="check", case=CaseTerms(slug="check"), notes=notes, graph=Graph()))


def _write(job: ScoreJob, sheet: Sheet, now: datetime) -> None:
    """Store the sheet beside those of other versions. One that this version has written already stands: the scorer
    says the same of the same input."""
    row, fresh = ScoreSheet.objects.get_or_create(
        submission=job.submission,
        source=ScoreSheet.Source.AUTOMATIC,
        scorer=job.scorer,
        scorer_version=VERSION,
        defaults={
            "overall": sheet.overall,
            "arithmetic": dict(sheet.arithmetic),
            "created_at": now,
            "sealed_at": now,
        },
    )
    if fresh:
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
        webhook_events.score_ready(row, now=now)

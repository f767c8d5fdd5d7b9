"""A site with a judge, and the work that its workers do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.utils import timezone
from pytest_django import Settings

from interviews.actions import judging
from interviews.judging.endpoint import Budget, Endpoint
from interviews.models import ScoreJob, Submission
from tests.interviews.judging import stub

ROOMY = Budget(100, 1000, 10**7, 10**7)


@contextmanager
def judge(settings: Settings, manner: stub.Manner, **changed: Any) -> Iterator[stub.Stub]:
    """The site with this judge."""
    with stub.serving(manner) as server:
        settings.JUDGE = replace(Endpoint(server.url, "stub-1", ROOMY, key=stub.KEY, timeout=2), **changed)
        yield server


def work(job: ScoreJob, tries: int = 30) -> ScoreJob:
    """What workers and sweeper do until the job is done or parked."""
    for _ in range(tries):
        judging.run(job_id=job.pk, now=timezone.now())
        job.refresh_from_db()
        if job.state in ("done", "parked"):
            break
    return job


def asked_of(submission: Submission) -> ScoreJob:
    return judging.request(submission=submission, now=timezone.now())

"""What the judge may spend: reserved before each call, for one design and for the day."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from casebank import checklist
from interviews.actions import jobs, judging
from interviews.judging import prompt
from interviews.models import JudgeCall, ScoreJob, Session, Submission
from interviews.queries.judge_input import judge_input
from tests.interviews.judging import stub
from tests.interviews.judging.stage import ROOMY, asked_of, judge, work

NOW = timezone.now()
STEPS = 8


@pytest.fixture
def submission(submitted: Session) -> Submission:
    return Submission.objects.get(session=submitted)


def test_the_sessions_budget_ends_it_with_words(submission: Submission, settings: Settings) -> None:
    with judge(settings, stub.honest, budget=replace(ROOMY, calls_per_session=3)) as server:
        job = work(asked_of(submission))
    assert (job.state, len(server.asked)) == ("parked", 3)
    assert job.last_error == "The judge's budget for this session is used up."


def test_the_days_budget_counts_everybodys_calls_and_ends_at_midnight(
    submission: Submission, settings: Settings
) -> None:
    tight = replace(ROOMY, tokens_per_day=9_000)
    with judge(settings, stub.honest, budget=tight):
        job = work(asked_of(submission))
        assert "tomorrow" in job.last_error
        spent = JudgeCall.objects.count()
        assert 0 < spent < STEPS
        JudgeCall.objects.update(at=NOW - timedelta(days=1))
        jobs.retry(job=job, now=NOW)
        judging.run(job_id=job.pk, now=timezone.now())
    assert JudgeCall.objects.count() == spent + 1


def test_a_call_is_in_the_ledger_with_its_most_before_it_is_answered(
    submission: Submission, settings: Settings, transactional_db: None
) -> None:
    standing: list[tuple[str, int]] = []

    def looks(answer: stub.Answer, asked: stub.Asked) -> None:
        standing.extend(JudgeCall.objects.values_list("outcome", "tokens"))
        connection.close()
        stub.honest(answer, asked)

    with judge(settings, looks):
        judging.run(job_id=asked_of(submission).pk, now=NOW)
    ((outcome, tokens),) = standing
    assert outcome == "asked"
    assert tokens > 3000
    assert JudgeCall.objects.get().tokens == 1234


def somebody_waits_for_the_ledger() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])


def test_two_workers_at_once_do_not_spend_the_last_call_twice(
    submission: Submission, settings: Settings, transactional_db: None
) -> None:
    """One has reserved the day's last call and not committed yet, when another looks at the budget."""

    def other(job: ScoreJob) -> None:
        try:
            judging.run(job_id=job.pk, now=NOW)
        finally:
            connection.close()

    with judge(settings, stub.honest, budget=replace(ROOMY, calls_per_day=1)) as server:
        job = asked_of(submission)
        items = prompt.steps_of(checklist.load().items)["data"]
        asked = prompt.question("data", items, judge_input(submission), nonce="0" * 32)
        with transaction.atomic():
            judging._reserve(job, settings.JUDGE, asked, NOW)
            worker = threading.Thread(target=other, args=[job])
            worker.start()
            while worker.is_alive() and not somebody_waits_for_the_ledger():
                worker.join(0.05)
        worker.join()
    assert server.asked == []
    assert JudgeCall.objects.count() == 1
    job.refresh_from_db()
    assert "tomorrow" in job.last_error

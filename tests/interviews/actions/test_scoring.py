"""The queue of record: one sheet per submission, whatever is nudged, late, broken or killed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from interviews import tasks
from interviews.actions import jobs, notes, scoring, sessions
from interviews.errors import Refused
from interviews.models import ScoreJob, ScoreSheet, Session, Submission
from interviews.queries.waiting import seconds_waited
from interviews.rules import queue
from interviews.scoring.scorer import VERSION
from mlsd_site.accounts.models import User
from tests.interviews.stage import alone

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + queue.GRACE
EXPIRED = NOW + queue.LEASE


@pytest.fixture
def submitted(ada: User) -> Session:
    """Ada has handed in one note."""
    session = alone(ada)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    notes.save(seat=seat, step="clarify", text="120M people see 20 ads a day.", base=0, now=NOW)
    return sessions.submit(session=session, by=seat, now=NOW)


@pytest.fixture
def job(submitted: Session) -> ScoreJob:
    return ScoreJob.objects.get(submission__session=submitted)


@pytest.fixture
def poison(job: ScoreJob) -> ScoreJob:
    """A job whose submission the scorer cannot read: the row was written as no room writes it."""
    session = job.submission.session
    job.submission.delete()
    broken = Submission.objects.create(
        session=session, submitted_at=NOW, notes={}, board=[{"type": "text"}], board_seq=1, events=[]
    )
    return scoring.enqueue(submission=broken, now=NOW)


def sheets(job: ScoreJob) -> int:
    return ScoreSheet.objects.filter(submission=job.submission_id).count()


def state(job: ScoreJob) -> str:
    job.refresh_from_db()
    return job.state


def die_at_work(job: ScoreJob, now: datetime) -> None:
    """A worker takes the job and is killed: the claim is all that is left of it."""
    assert jobs.claim(job.pk, scorer="local", now=now)


def test_a_job_writes_one_sheet_with_every_item(job: ScoreJob) -> None:
    assert scoring.run(job_id=job.pk, now=NOW)
    assert state(job) == "done"
    assert ScoreSheet.objects.get(submission=job.submission_id).items.count() == 50


def test_a_second_nudge_changes_nothing(job: ScoreJob) -> None:
    scoring.run(job_id=job.pk, now=NOW)
    assert not scoring.run(job_id=job.pk, now=NOW)
    assert sheets(job) == 1


def test_a_stray_nudge_does_not_take_a_job_that_is_being_worked_on(job: ScoreJob) -> None:
    die_at_work(job, NOW)
    assert not scoring.run(job_id=job.pk, now=EXPIRED - timedelta(seconds=1))
    assert job.attempts == 0
    assert state(job) == "running"


def test_the_sweep_leaves_a_fresh_job_alone(job: ScoreJob) -> None:
    assert jobs.sweep(now=NOW) == 0


def test_the_sweep_nudges_a_job_whose_nudge_was_lost(job: ScoreJob) -> None:
    assert jobs.sweep(now=LATER) == 1
    assert scoring.run(job_id=job.pk, now=LATER)


def test_waiting_for_a_worker_uses_up_no_tries(job: ScoreJob) -> None:
    for round in range(1, 20):
        jobs.sweep(now=NOW + round * queue.GRACE)
    assert state(job) == "queued"


def test_a_job_whose_worker_was_killed_is_done_by_the_next(job: ScoreJob) -> None:
    die_at_work(job, NOW)
    assert jobs.sweep(now=EXPIRED) == 1
    assert scoring.run(job_id=job.pk, now=EXPIRED)
    assert sheets(job) == 1


def test_a_job_that_kills_three_workers_is_parked_and_never_scored(job: ScoreJob) -> None:
    now = NOW
    for _ in range(queue.MAX_TRIES):
        die_at_work(job, now)
        now += queue.LEASE
        jobs.sweep(now=now)
    assert state(job) == "parked"
    assert "three times" in job.last_error
    assert not scoring.run(job_id=job.pk, now=now)
    assert sheets(job) == 0


def test_a_submission_that_cannot_be_read_is_parked_with_the_reason(poison: ScoreJob) -> None:
    for states in ("queued", "queued", "parked"):
        with pytest.raises(KeyError):
            tasks.score(poison.pk)
        assert state(poison) == states
    assert poison.last_error.startswith("KeyError")
    assert sheets(poison) == 0


def test_notes_in_another_language_are_parked_at_once_with_the_reason(ada: User) -> None:
    session = alone(ada)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    notes.save(
        seat=seat, step="clarify", text="我们需要预测点击率。延迟不超过一百毫秒。" * 2, base=0, now=NOW
    )
    sessions.submit(session=session, by=seat, now=NOW)
    job = ScoreJob.objects.get(submission__session=session)
    assert not scoring.run(job_id=job.pk, now=NOW)
    assert state(job) == ScoreJob.State.PARKED
    assert "mostly in Chinese" in job.last_error
    assert sheets(job) == 0


def test_one_poisonous_job_holds_up_no_other(poison: ScoreJob, ben: User) -> None:
    session = alone(ben)
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=NOW)
    sessions.submit(session=session, by=seat, now=NOW)
    other = ScoreJob.objects.get(submission__session=session)
    jobs.sweep(now=LATER)
    assert scoring.run(job_id=other.pk, now=LATER)


def test_a_person_can_have_a_parked_job_tried_again(job: ScoreJob) -> None:
    ScoreJob.objects.filter(pk=job.pk).update(state="parked", attempts=3, lease_until=None)
    jobs.retry(job=job, now=NOW)
    assert scoring.run(job_id=job.pk, now=NOW)
    assert sheets(job) == 1


def test_trying_again_what_is_done_changes_nothing(job: ScoreJob) -> None:
    scoring.run(job_id=job.pk, now=NOW)
    jobs.retry(job=job, now=NOW)
    assert state(job) == "done"


def test_trying_again_at_once_is_refused_and_later_it_is_not(job: ScoreJob) -> None:
    for tries, now in enumerate((NOW, NOW + timedelta(minutes=1)), start=1):
        ScoreJob.objects.filter(pk=job.pk).update(state="parked", attempts=3, lease_until=None)
        jobs.retry(job=job, now=now)
        assert (state(job), job.revived) == ("queued", tries)
    ScoreJob.objects.filter(pk=job.pk).update(state="parked", attempts=3, lease_until=None)
    with pytest.raises(Refused, match="in 2 minutes"):
        jobs.retry(job=job, now=NOW + timedelta(minutes=1))
    assert state(job) == "parked"


def test_a_worker_that_was_declared_dead_writes_nothing(job: ScoreJob) -> None:
    slow = jobs.claim(job.pk, scorer="local", now=NOW)
    assert slow
    jobs.sweep(now=EXPIRED)
    assert jobs.claim(job.pk, scorer="local", now=EXPIRED)
    assert not jobs.finish(slow, now=EXPIRED)
    jobs.release(slow, reason="too late", now=EXPIRED)
    assert (state(job), job.last_error) == ("running", "")


def test_nor_after_the_job_was_queued_anew_and_its_tries_count_from_the_start(job: ScoreJob) -> None:
    slow = jobs.claim(job.pk, scorer="local", now=NOW)
    assert slow
    ScoreJob.objects.filter(pk=job.pk).update(state="queued", attempts=0)
    assert jobs.claim(job.pk, scorer="local", now=LATER)
    job.refresh_from_db()
    assert job.attempts == slow.attempts
    assert not jobs.finish(slow, now=LATER)


def test_a_new_version_adds_its_sheet_and_keeps_the_old(job: ScoreJob) -> None:
    scoring.run(job_id=job.pk, now=NOW)
    ScoreSheet.objects.update(scorer_version="older")
    jobs.enqueue_again(submissions=[job.submission_id], now=LATER)
    assert state(job) == "queued"
    assert scoring.run(job_id=job.pk, now=LATER)
    versions = ScoreSheet.objects.order_by("created_at").values_list("scorer_version", flat=True)
    assert list(versions) == ["older", VERSION]


def test_the_same_version_again_changes_nothing(job: ScoreJob) -> None:
    scoring.run(job_id=job.pk, now=NOW)
    jobs.enqueue_again(submissions=[job.submission_id], now=LATER)
    assert scoring.run(job_id=job.pk, now=LATER)
    assert (state(job), sheets(job)) == ("done", 1)


def test_what_is_being_worked_on_is_not_queued_again(job: ScoreJob) -> None:
    die_at_work(job, NOW)
    jobs.enqueue_again(submissions=[job.submission_id], now=NOW)
    assert state(job) == "running"


def test_it_is_known_how_long_the_oldest_design_waits(job: ScoreJob) -> None:
    assert seconds_waited(job.created_at + timedelta(seconds=90)) == 90
    scoring.run(job_id=job.pk, now=NOW)
    assert seconds_waited(NOW) == 0

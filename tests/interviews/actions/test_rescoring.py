"""Scoring everything again: a batch at a time, from where it stopped, old sheets kept."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from interviews import tasks
from interviews.actions import rescoring, scoring, sessions
from interviews.actions.rescoring import Progress
from interviews.models import ScoreJob, ScoreSheet, Submission
from interviews.scoring.scorer import VERSION
from mlsd_site.accounts.models import User
from tests.interviews.stage import alone

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(ada: User, ben: User, cleo: User) -> list[Submission]:
    """Three submissions, scored by an older version."""
    for person in (ada, ben, cleo):
        session = alone(person)
        seat = session.seats.get()
        sessions.start(session=session, by=seat, now=timezone.now())
        sessions.submit(session=session, by=seat, now=timezone.now())
    for job in ScoreJob.objects.all():
        scoring.run(job_id=job.pk, now=timezone.now())
    ScoreSheet.objects.update(scorer_version="older")
    return list(Submission.objects.order_by("pk"))


def worker() -> None:
    """What a worker does between two looks: the oldest job that waits."""
    waiting = ScoreJob.objects.filter(state="queued").order_by("pk").first()
    if waiting:
        tasks.score(waiting.pk)


def again(*, batch: int = 2, here: bool = False) -> list[Progress]:
    return list(rescoring.rescore(batch=batch, here=here, now=timezone.now, wait=worker))


def versions() -> list[tuple[int, str]]:
    return list(
        ScoreSheet.objects.order_by("submission_id", "created_at").values_list(
            "submission_id", "scorer_version"
        )
    )


@pytest.mark.parametrize("here", [True, False])
def test_each_gets_a_sheet_of_this_version_and_keeps_the_old(here: bool, old: list[Submission]) -> None:
    assert again(here=here)[-1] == Progress(3, done=3)
    assert versions() == [(one.pk, version) for one in old for version in ("older", VERSION)]


def test_no_more_than_a_batch_waits_at_once(old: list[Submission]) -> None:
    looks = rescoring.rescore(batch=2, here=False, now=timezone.now, wait=worker)
    assert max(ScoreJob.objects.filter(state="queued").count() for _ in looks) == 2


def test_it_can_be_stopped_and_goes_on_where_it_was(old: list[Submission]) -> None:
    running = rescoring.rescore(batch=1, here=True, now=timezone.now, wait=worker)
    assert [next(running).done, next(running).done] == [0, 1]
    del running
    assert again(here=True)[0] == Progress(2)
    assert len(versions()) == 6


def test_nothing_to_do_is_done(old: list[Submission]) -> None:
    again(here=True)
    assert again(here=True) == [Progress(0)]


def broken(old: list[Submission]) -> None:
    """The first submission becomes one that no scorer reads: written as no room writes it."""
    first = old[0]
    session = first.session
    first.delete()
    made = Submission.objects.create(
        session=session,
        submitted_at=timezone.now(),
        notes={},
        board=[{"type": "text"}],
        board_seq=1,
        events=[],
    )
    ScoreJob.objects.create(submission=made, state="parked")


def test_what_cannot_be_scored_is_counted_and_holds_up_nothing(old: list[Submission]) -> None:
    broken(old)
    assert again(here=True)[-1] == Progress(3, done=2, failed=1)
    assert ScoreJob.objects.filter(state="parked").count() == 1


def test_a_worker_of_another_version_is_noticed(old: list[Submission]) -> None:
    def stale_worker() -> None:
        ScoreJob.objects.filter(state="queued").update(state="done", done_at=timezone.now(), lease_until=None)

    seen = list(rescoring.rescore(batch=5, here=False, now=timezone.now, wait=stale_worker))
    assert seen[-1] == Progress(3, skewed=3)


def command(*args: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("rescore", *args, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue() + err.getvalue()
    return 0, out.getvalue() + err.getvalue()


def test_the_command_shows_how_far_it_is(old: list[Submission]) -> None:
    code, said = command("--here", "--batch", "2")
    assert code == 0
    assert "[....................] 0 of 3" in said.replace("." * 30, "." * 20)
    assert f"[{'#' * 20}..........] 2 of 3" in said
    assert f"3 submissions have a sheet of {VERSION} now" in said


def test_the_command_tells_of_what_failed(old: list[Submission]) -> None:
    broken(old)
    code, said = command("--here")
    assert code == 1
    assert "1 could not be scored" in said


@pytest.mark.parametrize("size", ["0", "-1", "x", "1001", "²"])
def test_a_batch_that_makes_no_sense_is_refused(size: str, db: None) -> None:
    with pytest.raises(CommandError, match="1 to 1000"):
        command("--batch", size)

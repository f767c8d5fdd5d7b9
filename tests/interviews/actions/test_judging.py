"""The judge's job, from the queue to its sheet, against a real server that is honest, lazy, broken or led astray."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import jobs, judging, scoring
from interviews.errors import Refused
from interviews.models import ItemScore, JudgeCall, ScoreJob, ScoreSheet, Session, Submission
from interviews.rules import queue
from tests.interviews.conftest import CANARY
from tests.interviews.judging import stub
from tests.interviews.judging.stage import asked_of, judge, work

NOW = timezone.now()
STEPS = 8


@pytest.fixture
def submission(submitted: Session) -> Submission:
    return Submission.objects.get(session=submitted)


def test_without_a_judge_nothing_can_be_asked(submission: Submission) -> None:
    with pytest.raises(Refused, match="nothing was sent"):
        asked_of(submission)


def test_handing_in_asks_nobody_unless_the_settings_say_always(
    submission: Submission, settings: Settings
) -> None:
    for when, queued in (("asked", 0), ("always", 1)):
        with judge(settings, stub.honest, when=when):
            scoring.enqueue(submission=submission, now=NOW)
        assert ScoreJob.objects.filter(scorer="judge").count() == queued


def test_an_honest_judge_writes_a_sheet_of_its_own(submission: Submission, settings: Settings) -> None:
    with judge(settings, stub.honest) as server:
        assert work(asked_of(submission)).state == "done"
    assert len(server.asked) == STEPS
    sheet = ScoreSheet.objects.get(submission=submission)
    assert (sheet.source, sheet.scorer_version) == ("judge", "judge-1 stub-1")
    assert sheet.items.count() == 50
    scale = sheet.items.get(item="clarify.scale")
    text = submission.notes["clarify"]
    (piece,) = scale.evidence
    assert scale.level == 2
    assert text[piece["start"] : piece["end"]] == piece["quote"]
    assert sheet.arithmetic["tokens"] == STEPS * 1234


def test_it_never_touches_the_automatic_sheet(submission: Submission, settings: Settings) -> None:
    scoring.run(job_id=ScoreJob.objects.get(scorer="local").pk, now=NOW)
    before = list(ItemScore.objects.filter(sheet__source="automatic").values())
    with judge(settings, stub.honest):
        work(asked_of(submission))
    assert list(ItemScore.objects.filter(sheet__source="automatic").values()) == before
    ours, theirs = ScoreSheet.objects.order_by("source")
    assert (ours.source, theirs.source, theirs.overall) == ("automatic", "judge", 1)


def test_each_question_is_sent_at_temperature_nought_with_one_steps_items(
    submission: Submission, settings: Settings
) -> None:
    with judge(settings, stub.honest) as server:
        work(asked_of(submission))
    assert {asked["temperature"] for asked in server.asked} == {0}
    assert sum(len(stub.real(asked)) for asked in server.asked) == 50
    assert all(len({id.split(".")[0] for id in stub.items_of(asked)}) == 1 for asked in server.asked)
    assert server.asked[0]["response_format"]["json_schema"]["strict"] is True


def test_nothing_of_the_guide_or_of_anybody_else_is_sent(submission: Submission, settings: Settings) -> None:
    with judge(settings, stub.honest) as server:
        work(asked_of(submission))
    assert CANARY not in str(server.asked)
    assert "example.com" not in str(server.asked)


def test_invented_quotations_fall_to_nought_and_are_told(submission: Submission, settings: Settings) -> None:
    def invents(answer: stub.Answer, asked: stub.Asked) -> None:
        answer.chat(stub.sheet(asked, clarify__scale=(3, "clarify", "We expect 9 billion users every day")))

    with judge(settings, invents):
        work(asked_of(submission))
    sheet = ScoreSheet.objects.get(submission=submission)
    assert set(sheet.items.values_list("level", flat=True)) == {0}
    assert sheet.arithmetic["unsupported"] == {"clarify.scale": 3}


def obeys(answer: stub.Answer, asked: stub.Asked) -> None:
    """Gives all points for the words that asked for them."""
    told = stub.field_of(asked, "clarify").split(". ")[0]
    quotes = [{"where": "clarify", "text": told}]
    answer.chat({"items": [{"item": id, "level": 3, "quotes": quotes} for id in stub.items_of(asked)]})


def obeys_cleverly(answer: stub.Answer, asked: stub.Asked) -> None:
    """The same, but for the point that nobody can have shown."""
    told = stub.field_of(asked, "clarify").split(". ")[0]
    given = {id.replace(".", "__"): (3, "clarify", told) for id in stub.real(asked)}
    answer.chat(stub.sheet(asked, **given))


def test_a_judge_that_obeys_the_text_gives_no_sheet(submission: Submission, settings: Settings) -> None:
    with judge(settings, obeys):
        job = work(asked_of(submission))
    assert job.state == "parked"
    assert "nobody can have shown" in job.last_error
    assert not ScoreSheet.objects.exists()


def test_one_that_obeys_cleverly_earns_three_points_a_step_at_most(
    submission: Submission, settings: Settings
) -> None:
    with judge(settings, obeys_cleverly):
        work(asked_of(submission))
    sheet = ScoreSheet.objects.get(submission=submission)
    assert sheet.items.filter(level__gt=0).count() == 3 * STEPS
    assert len(sheet.arithmetic["unsupported"]) == 50 - 3 * STEPS


@pytest.mark.parametrize(
    ("manner", "said"),
    [
        (stub.says("I am sorry, but I cannot grade people."), "not JSON"),
        (stub.says(None, refusal="No."), "refused"),
        (stub.says({"items": []}), "each point exactly once"),
        (stub.says({"items": [{"item": "clarify.goal", "level": 9, "quotes": []}]}), "outside of 0 to 3"),
        (stub.says("{}", finish="length"), "cut off"),
        (stub.floods, "larger than"),
        (stub.drips, "within 1 seconds"),
        (stub.answers(200, b"<html>"), "not what a chat endpoint sends"),
        (stub.answers(503), "has trouble (it answered 503)"),
        (stub.answers(429), "is busy (it answered 429)"),
    ],
)
def test_what_goes_wrong_three_times_is_parked_with_its_reason(
    manner: stub.Manner, said: str, submission: Submission, settings: Settings
) -> None:
    with judge(settings, manner, timeout=1) as server:
        job = work(asked_of(submission))
    assert (job.state, len(server.asked)) == ("parked", queue.MAX_TRIES)
    assert said in job.last_error
    assert not ScoreSheet.objects.exists()
    assert set(JudgeCall.objects.values_list("outcome", flat=True)) == {"failed"}


@pytest.mark.parametrize("manner", [stub.answers(401), stub.answers(302, Location="/x"), stub.answers(404)])
def test_what_cannot_get_better_is_parked_at_once(
    manner: stub.Manner, submission: Submission, settings: Settings
) -> None:
    with judge(settings, manner) as server:
        assert work(asked_of(submission)).state == "parked"
    assert len(server.asked) == 1


def test_a_passing_fault_costs_a_try_and_no_answer(submission: Submission, settings: Settings) -> None:
    seen: set[str] = set()

    def stumbles(answer: stub.Answer, asked: stub.Asked) -> None:
        step = stub.items_of(asked)[0].split(".")[0]
        if step in seen:
            stub.honest(answer, asked)
        else:
            seen.add(step)
            answer.raw(500, b"{}")

    with judge(settings, stumbles) as server:
        job = work(asked_of(submission))
    assert (job.state, len(server.asked)) == ("done", 2 * STEPS)


def test_a_busy_endpoint_is_left_alone_for_as_long_as_it_asks(
    submission: Submission, settings: Settings
) -> None:
    with judge(settings, stub.answers(429, Retry_After="120")):
        job = asked_of(submission)
        judging.run(job_id=job.pk, now=NOW)
    job.refresh_from_db()
    assert job.lease_until is not None
    assert job.lease_until - timezone.now() > timedelta(seconds=100)
    assert jobs.sweep(now=timezone.now() + timedelta(seconds=60)) == 1  # the local job alone


def test_a_killed_worker_costs_one_call_and_no_answer_is_asked_for_twice(
    submission: Submission, settings: Settings
) -> None:
    with judge(settings, stub.honest) as server:
        job = asked_of(submission)
        for _ in range(3):
            judging.run(job_id=job.pk, now=NOW)
        assert jobs.claim(job.pk, scorer="judge", now=NOW)
        jobs.sweep(now=NOW + queue.LEASES["judge"])
        assert work(job).state == "done"
    assert len(server.asked) == STEPS


def test_switching_the_judge_off_ends_what_waits(submission: Submission, settings: Settings) -> None:
    with judge(settings, stub.honest):
        job = asked_of(submission)
    settings.JUDGE = None
    assert work(job).last_error == "The model judge was switched off."


def test_another_model_is_another_sheet(submission: Submission, settings: Settings) -> None:
    with judge(settings, stub.honest):
        job = work(asked_of(submission))
    ScoreJob.objects.filter(pk=job.pk).update(state="queued", done_at=None, attempts=0)
    with judge(settings, stub.honest, model="stub-2"):
        work(job)
    assert ScoreSheet.objects.filter(source="judge").count() == 2


def test_the_key_reaches_neither_the_log_nor_the_tables(
    submission: Submission, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"), judge(settings, stub.answers(401, stub.KEY.encode())):
        job = work(asked_of(submission))
    assert stub.KEY not in caplog.text
    assert stub.KEY not in job.last_error + str(list(JudgeCall.objects.values()))

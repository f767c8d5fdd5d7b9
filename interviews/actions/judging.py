"""The judge's sheet, one step of the checklist for each claim of its job. Nothing of it enters the automatic sheet."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casebank import checklist
from interviews.actions import jobs
from interviews.errors import Refused
from interviews.judging import answer, client, prompt
from interviews.judging.endpoint import Endpoint
from interviews.judging.material import Material
from interviews.models import ItemScore, JudgeCall, ScoreJob, ScoreSheet, Submission
from interviews.queries.judge_input import judge_input, judged_by, version_of
from interviews.rules import budget, queue

log = logging.getLogger(__name__)
Outcome = JudgeCall.Outcome
# Any number that nothing else locks by: whoever reserves money waits for whoever is doing so.
_LEDGER = 0x6A75646765


def request(*, submission: Submission, now: datetime) -> ScoreJob:
    """Ask the judge for its sheet of a submission, once for each version of prompt and model. Raises Refused where
    there is no judge."""
    if settings.JUDGE is None:
        raise Refused("no_judge", "No model judge is set up here, so nothing was sent anywhere.")
    if not judged_by(submission, version_of(settings.JUDGE)):
        ScoreJob.objects.filter(
            submission=submission, scorer=ScoreJob.Scorer.JUDGE, state=ScoreJob.State.DONE
        ).update(
            state=ScoreJob.State.QUEUED,
            attempts=0,
            done_at=None,
            lease_until=now + queue.GRACE,
            created_at=now,
        )
    return jobs.enqueue(submission=submission, scorer=ScoreJob.Scorer.JUDGE, now=now)


def run(*, job_id: int, now: datetime) -> bool:
    """Ask about the next step, or write the sheet when all are answered; True if this call wrote it."""
    job = jobs.claim(job_id, scorer=ScoreJob.Scorer.JUDGE, now=now)
    if job is None:
        return False
    endpoint: Endpoint | None = settings.JUDGE
    if endpoint is None:
        jobs.release(job, reason="The model judge was switched off.", now=now, final=True)
        return False
    try:
        return _go_on(job, endpoint, now)
    except client.Failed as failed:
        wait = queue.pause(job.attempts, failed.wait)
        jobs.release(job, reason=str(failed), now=timezone.now(), final=failed.final, wait=wait)
    except answer.AnswerError as error:
        jobs.release(job, reason=str(error), now=timezone.now())
    except Exception:
        # Its words may hold the question or the address: they go to the log, not to the page.
        jobs.release(job, reason="The judge stopped by a fault of ours.", now=timezone.now())
        raise
    return False


def _go_on(job: ScoreJob, endpoint: Endpoint, now: datetime) -> bool:
    steps = prompt.steps_of(checklist.load().items)
    answered = set(_answered(job, endpoint).values_list("step", flat=True))
    step = next((step for step in steps if step not in answered), None)
    if step is None:
        return _write(job, endpoint, now)
    shown = judge_input(job.submission)
    nonce = salted_hmac("interviews.judge", f"{job.submission_id}.{step}", algorithm="sha256").hexdigest()[
        :32
    ]
    _ask(job, endpoint, prompt.question(step, steps[step], shown, nonce=nonce), shown, now)
    return False


def _ask(job: ScoreJob, endpoint: Endpoint, asked: prompt.Question, shown: Material, now: datetime) -> None:
    """One call: reserved, made, read, and kept in the transaction that gives the job back."""
    call = _reserve(job, endpoint, asked, now)
    body = prompt.body(
        asked, model=endpoint.model, answer_tokens=endpoint.answer_tokens, format=endpoint.format
    )
    try:
        reply = client.ask(endpoint, body)
        call.tokens = reply.tokens or call.tokens
        judged = answer.read(reply.content, asked, shown)
    except (client.Failed, answer.AnswerError) as error:
        call.outcome, call.error = Outcome.FAILED, str(error)[:300]
        call.save(update_fields=["outcome", "error", "tokens"])
        log.warning("The judge failed on %s of submission %s: %s", asked.step, job.submission_id, error)
        raise
    with transaction.atomic():
        if _answered(job, endpoint).filter(step=asked.step).exists():
            call.outcome, call.error = Outcome.FAILED, "Another worker was faster."
        else:
            call.outcome = Outcome.ANSWERED
            call.answer = [
                {
                    "item": one.item,
                    "level": one.level,
                    "claimed": one.claimed,
                    "evidence": list(one.evidence),
                }
                for one in judged
            ]
        call.save(update_fields=["outcome", "error", "tokens", "answer"])
        jobs.go_on(job, now=timezone.now())


def _reserve(job: ScoreJob, endpoint: Endpoint, asked: prompt.Question, now: datetime) -> JudgeCall:
    """Enter the call in the ledger with the most that it may cost. Raises client.Failed where the budget is used up."""
    most = endpoint.budget
    tokens = prompt.tokens_of(asked, endpoint.answer_tokens)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEDGER])
        objection = budget.objection(
            tokens=tokens,
            session=_spent(JudgeCall.objects.filter(submission=job.submission)),
            day=_spent(JudgeCall.objects.filter(at__gte=midnight)),
            most_session=budget.Spent(most.calls_per_session, most.tokens_per_session),
            most_day=budget.Spent(most.calls_per_day, most.tokens_per_day),
        )
        if objection:
            raise client.Failed(objection, final=True)
        return JudgeCall.objects.create(
            submission=job.submission, step=asked.step, version=version_of(endpoint), tokens=tokens, at=now
        )


def _spent(calls: QuerySet[JudgeCall]) -> budget.Spent:
    found = calls.aggregate(calls=Count("pk"), tokens=Sum("tokens"))
    return budget.Spent(found["calls"], found["tokens"] or 0)


def _answered(job: ScoreJob, endpoint: Endpoint) -> QuerySet[JudgeCall]:
    return JudgeCall.objects.filter(
        submission=job.submission, version=version_of(endpoint), outcome=Outcome.ANSWERED
    )


def _write(job: ScoreJob, endpoint: Endpoint, now: datetime) -> bool:
    """The sheet of all answers, with the judge's job done in the same transaction."""
    calls = list(_answered(job, endpoint))
    judged = [one for call in calls for one in call.answer or ()]
    mean = sum(one["level"] for one in judged) / len(judged)
    bounds = _bounds(job.submission)
    arithmetic = {
        "mean": round(mean, 3),
        "tokens": sum(call.tokens for call in calls),
        "unread": judge_input(job.submission).unread,
        "unsupported": {one["item"]: one["claimed"] for one in judged if one["claimed"] > one["level"]},
        **{f"bound_{at}": bound for at, bound in enumerate(bounds, start=2)},
    }
    with transaction.atomic():
        if not jobs.finish(job, now=now):
            return False
        row, fresh = ScoreSheet.objects.get_or_create(
            submission=job.submission,
            source=ScoreSheet.Source.JUDGE,
            scorer=job.scorer,
            scorer_version=version_of(endpoint),
            defaults={
                "overall": 1 + sum(mean >= bound for bound in bounds) if bounds else None,
                "arithmetic": arithmetic,
                "created_at": now,
                "sealed_at": now,
            },
        )
        if fresh:
            ItemScore.objects.bulk_create(
                ItemScore(sheet=row, item=one["item"], level=one["level"], evidence=one["evidence"])
                for one in judged
            )
    return True


def _bounds(submission: Submission) -> list[float]:
    """Where the automatic sheet's verdicts begin: the judge is asked for levels, not for a verdict of its own."""
    sheet = submission.sheets.filter(source=ScoreSheet.Source.AUTOMATIC).order_by("-created_at").first()
    known = sheet.arithmetic if sheet else {}
    found = [known.get(f"bound_{at}") for at in (2, 3, 4)]
    return [float(bound) for bound in found if bound is not None] if None not in found else []

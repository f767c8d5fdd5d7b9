"""What webhooks are told, to whom, and that it is queued with what it tells of."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection, transaction
from django.utils import timezone

from interviews.actions import scoring, sessions, webhook_events, webhooks
from interviews.actions.webhook_outbox import deliver
from interviews.models import ScoreJob, Session, Webhook, WebhookDelivery
from mlsd_site.accounts.models import User
from tests.e2e.product import until
from tests.interviews.conftest import CANARY, PRIVATE_CANARY
from tests.interviews.judging import stub
from tests.interviews.webhooks.conftest import Hook

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


def told(receiver: stub.Stub, event: str) -> list[dict[str, Any]]:
    return [said["data"] for said in receiver.asked if said["type"] == event]


def submit(session: Session, by: User) -> None:
    sessions.submit(session=session, by=session.seats.get(user=by), now=NOW)


def score(session: Session) -> None:
    scoring.run(job_id=ScoreJob.objects.get(submission__session=session).pk, now=NOW)


def test_the_end_and_the_score_are_told_to_whom_they_are_of(
    live: Session, ada: User, ben: User, cleo: User, hook: Hook, receiver: stub.Stub
) -> None:
    for user in (ada, ben, cleo):
        hook(user, f"/{user.display_name}")
    submit(live, ada)
    assert deliver(now=NOW) == 2
    score(live)
    assert deliver(now=NOW) == 2
    ended = told(receiver, "session.ended")
    assert sorted(data["role"] for data in ended) == ["candidate", "interviewer"]
    assert {data["session"] for data in ended} == {str(live.pk)}
    assert {data["reason"] for data in ended} == {"submitted"}
    assert {data["url"] for data in ended} == {f"{site.SITE_URL}/sessions/{live.pk}/report/"}
    assert {data["api"] for data in ended} == {f"{site.SITE_URL}/api/v1/sessions/{live.pk}/"}
    assert len(told(receiver, "score.ready")) == 2


def test_no_message_holds_a_word_that_anybody_wrote_or_a_level(
    scored: Session, hook: Hook, ada: User, ben: User, receiver: stub.Stub
) -> None:
    """All of it is these keys, and each value is an id, a time, an address or a word of ours."""
    hook(ada)
    hook(ben, "/ben")
    session = Session.objects.get(pk=scored.pk)
    with transaction.atomic():
        webhook_events.session_ended(session, now=NOW)
        webhook_events.score_ready(session.submission.sheets.earliest("pk"), now=NOW)
    deliver(now=NOW)
    deliver(now=NOW)
    said = b"\n".join(receiver.bodies).decode()
    for data in told(receiver, "session.ended"):
        assert set(data) == {"session", "role", "mode", "url", "api", "reason", "started_at", "ended_at"}
    for data in told(receiver, "score.ready"):
        assert set(data) == {"session", "role", "mode", "url", "api", "scorer_version"}
    for hidden in (
        CANARY,
        PRIVATE_CANARY,
        "million",
        "Ada",
        "Ben",
        "example.com",
        "ad-clicks",
        "overall",
        "level",
    ):
        assert hidden not in said, hidden


def test_only_what_was_chosen_is_told(live: Session, ada: User, hook: Hook, receiver: stub.Stub) -> None:
    hook(ada, events=["score.ready"])
    submit(live, ada)
    assert deliver(now=NOW) == 0
    score(live)
    assert deliver(now=NOW) == 1


def test_it_is_queued_with_what_it_tells_of_or_not_at_all(live: Session, ada: User, hook: Hook) -> None:
    hook(ada)
    with transaction.atomic():
        submit(live, ada)
        assert WebhookDelivery.objects.count() == 1
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()


def test_a_webhook_that_is_deleted_while_a_session_ends_stops_neither(
    live: Session, ada: User, hook: Hook
) -> None:
    made = hook(ada)

    def delete() -> None:
        try:
            webhooks.delete(webhook=made, now=timezone.now())
        finally:
            connection.close()

    def waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            return cursor.fetchone() is not None

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            submit(live, ada)
            gone = pool.submit(delete)
            until(waits, 30, "Nobody waits.")
        gone.result()
    live.refresh_from_db()
    assert live.state == "ended"
    assert not Webhook.objects.exists()
    assert not WebhookDelivery.objects.exists()

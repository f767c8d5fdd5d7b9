"""Celery's way in. Each task calls one action; no rule lives here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from interviews.actions import (
    attendance,
    jobs,
    judging,
    mail,
    matching,
    recordings,
    reminders,
    scoring,
    sessions,
    webhook_outbox,
)
from interviews.queries import server_time


@shared_task(name="interviews.tasks.score")
def score(job_id: int, **_: Any) -> None:
    """Score one job. Unknown keywords are taken, so that a newer web process may send more."""
    scoring.run(job_id=job_id, now=timezone.now())


# Longer than the longest call (judging.endpoint.LONGEST), shorter than the lease (rules.queue), which is shorter than
# the broker's patience.
@shared_task(name="interviews.tasks.judge", soft_time_limit=95, time_limit=100)
def judge(job_id: int, **_: Any) -> None:
    """Ask the judge about one step of one job."""
    judging.run(job_id=job_id, now=timezone.now())


# The broker keeps no heap of nudges while no worker sends: the sweep makes a new one every 15 seconds.
@shared_task(name="interviews.tasks.send_mail", soft_time_limit=95, time_limit=100, expires=60)
def send_mail(**_: Any) -> None:
    """Send the mails that are due."""
    mail.deliver(now=timezone.now())


# An attempt takes five seconds at most (webhooks.client).
@shared_task(name="interviews.tasks.send_webhooks", expires=60)
def send_webhooks(**_: Any) -> None:
    """Send the messages to webhooks that are due."""
    webhook_outbox.deliver(now=timezone.now())


@shared_task(name="interviews.tasks.close_overdue", expires=10)
def close_overdue() -> None:
    """Close the sessions whose time is up."""
    sessions.close_overdue(now=server_time.now())


@shared_task(name="interviews.tasks.nudge_late_scores", expires=10)
def nudge_late_scores() -> None:
    """Nudge the scores that are late."""
    jobs.sweep(now=timezone.now())


@shared_task(name="interviews.tasks.record_board")
def record_board(board: str, **_: Any) -> None:
    """Pack the log of an ended session's board."""
    recordings.pack(board=UUID(board), now=timezone.now())


@shared_task(name="interviews.tasks.record_ended", expires=60)
def record_ended() -> None:
    """Pack the logs of ended sessions that nobody packed."""
    recordings.sweep(now=timezone.now())


@shared_task(name="interviews.tasks.keep_bookings", expires=30)
def keep_bookings() -> None:
    """Remind people of their bookings, and open the rooms that are due."""
    reminders.sweep(now=timezone.now())


@shared_task(name="interviews.tasks.tend_line", expires=10)
def tend_line() -> None:
    """Bring people who wait for a partner together, and end the offers that ran out."""
    matching.tend(now=timezone.now())


@shared_task(name="interviews.tasks.reckon_attendance", expires=30)
def reckon_attendance() -> None:
    """Note who came to the sessions whose grace is over."""
    attendance.reckon(now=timezone.now())

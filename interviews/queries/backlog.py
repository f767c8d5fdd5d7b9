"""How much waits in the queues of record, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Model

from interviews.models import OutgoingMail, ScoreJob, WebhookDelivery
from interviews.queries.waiting import judge_waited, mail_waited, seconds_waited, webhook_waited


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue: {state: rows}, and the age in seconds of its oldest undone job (0 where none waits)."""

    name: str
    states: Mapping[str, int]
    oldest_s: int


def queues(now: datetime) -> list[Queue]:
    """Every queue of record. States that no row is in are 0, so that a series never ends by being emptied."""
    local, judge = ScoreJob.Scorer.LOCAL, ScoreJob.Scorer.JUDGE
    return [
        Queue("score", _scores(local), seconds_waited(now)),
        Queue("judge", _scores(judge), judge_waited(now)),
        Queue("mail", states(OutgoingMail, OutgoingMail.State.values), mail_waited(now)),
        Queue("webhook", states(WebhookDelivery, WebhookDelivery.State.values), webhook_waited(now)),
    ]


def _scores(scorer: str) -> dict[str, int]:
    return states(ScoreJob, ScoreJob.State.values, scorer=scorer)


def states(model: type[Model], states: list[str], **where: str) -> dict[str, int]:
    """How many rows are in each of these states."""
    rows = model._default_manager.filter(**where).values("state").annotate(number=Count("pk")).order_by()
    return dict.fromkeys(states, 0) | {row["state"]: row["number"] for row in rows}

"""What a webhook can be told, and when a message is tried again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from interviews.rules import outbox

SESSION_ENDED, SCORE_READY, TEST = "session.ended", "score.ready", "webhook.test"
# What can be chosen. TEST is sent by its button alone.
EVENTS = (
    (SESSION_ENDED, "Session ended", "An interview of yours is over, by its clock or by being handed in."),
    (SCORE_READY, "Score ready", "The automatic score of an interview of yours has been made."),
)
MOST = 5  # webhooks of one person
# The last attempt is made a little more than two days after the first: a receiver may be away for a weekend.
ATTEMPTS = 15
LONGEST_PAUSE = timedelta(hours=12)
# For so long the secret before a rotation signs beside the new one.
OVERLAP = timedelta(hours=24)


def pause(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts that failed; None once it is given up."""
    return outbox.pause(attempts, LONGEST_PAUSE) if attempts < ATTEMPTS else None


def chosen(events: Collection[str]) -> list[str]:
    """Those of these that there are, in their order."""
    return [event for event, _, _ in EVENTS if event in events]


def state(events: Collection[str], paused_at: datetime | None, because: str) -> str:
    """A name for what can be changed of a webhook, as it stands; another once any of it has changed."""
    said = repr((list(events), paused_at and paused_at.timestamp(), because))
    return hashlib.sha256(said.encode()).hexdigest()[:32]

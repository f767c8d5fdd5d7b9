"""What webhooks are told: ids, times, the reader's own seat, and where to read the rest by the doors of page and REST.
No level, no word that anybody wrote, nothing about anybody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from interviews.actions.webhook_outbox import emit
from interviews.models import PLAYERS, ScoreSheet, Session
from interviews.rules import webhooks as rules


def session_ended(session: Session, *, now: datetime) -> None:
    """For everybody who still holds a seat."""
    facts = {
        user: {
            **_of(session, role),
            "reason": session.end_reason,
            "started_at": _when(session.started_at),
            "ended_at": _when(session.ended_at),
        }
        for user, role in session.seats.filter(left_at=None).values_list("user_id", "role")
    }
    emit(rules.SESSION_ENDED, facts, key=f"{rules.SESSION_ENDED}:{session.pk}", now=now)


def score_ready(sheet: ScoreSheet, *, now: datetime) -> None:
    """For candidate and interviewers: that there is a score, and not what it says. Whether they see its levels yet is
    the report's to say."""
    session = sheet.submission.session
    seats = session.seats.filter(left_at=None, role__in=PLAYERS).values_list("user_id", "role")
    facts = {user: {**_of(session, role), "scorer_version": sheet.scorer_version} for user, role in seats}
    emit(rules.SCORE_READY, facts, key=f"{rules.SCORE_READY}:{sheet.pk}", now=now)


def _of(session: Session, role: str) -> dict[str, Any]:
    site = str(settings.SITE_URL)
    return {
        "session": str(session.pk),
        "role": role,
        "mode": session.mode,
        "url": site + reverse("interviews:report", args=[session.pk]),
        "api": site + reverse("interviews:api_session", args=[session.pk]),
    }


def _when(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

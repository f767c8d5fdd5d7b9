"""The clock of a stored session, as a rule's value and as the frame that browsers paint from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.urls import reverse

from casebank import frameworks
from interviews.models import Session
from interviews.rules.clock import Clock, phases
from interviews.rules.notes import STEPS


def clock_of(session: Session) -> Clock:
    """The facts of this session's clock."""
    return Clock(
        phases=phases(session.plan, extended_seconds=session.extended_seconds),
        started_at=session.started_at,
        paused_at=session.paused_at,
        paused_seconds=session.paused_seconds,
        ended_at=session.ended_at,
    )


def overtime_of(session: Session, now: datetime) -> float | None:
    """Seconds since the session ended; None while it has not."""
    return None if session.ended_at is None else (now - session.ended_at).total_seconds()


def phases_of_steps(session: Session) -> dict[str, str]:
    """{step of the notes: the phase of the session's plan that it belongs to}"""
    framework = frameworks.load().get(session.framework)
    return {step: framework.phase_of(step) if framework else step for step in STEPS}


def clock_frame(session: Session, now: datetime) -> dict[str, Any]:
    """The clock as the browser gets it: times in ms since 1970, spans in seconds, read at `now`."""
    clock = clock_of(session)
    moment = clock.at(now)
    return {
        "state": moment.face,
        "started_at": _ms(session.started_at),
        "deadline_at": _ms(session.deadline_at),
        "paused_at": _ms(session.paused_at),
        "ended_at": _ms(session.ended_at),
        "elapsed": round(moment.elapsed, 3),
        "remaining": round(moment.remaining, 3),
        "duration": clock.duration,
        "phases": [asdict(phase) for phase in clock.phases],
        "can_edit": moment.can_edit,
        "end_reason": session.end_reason or None,
    }


def _ms(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp() * 1000)


def clock_message(session: Session, now: datetime) -> dict[str, Any]:
    """The socket's `clock` message."""
    return {"t": "clock", "server_time": _ms(now), "clock": clock_frame(session, now)}


def ended_message(session: Session) -> dict[str, Any]:
    """The socket's `ended` message: why, and where the report will be."""
    return {
        "t": "ended",
        "reason": session.end_reason,
        "report_url": reverse("interviews:report", args=[session.pk]),
    }

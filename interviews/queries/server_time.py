"""Postgres' clock, by which sessions begin and end. The machines of web processes and workers have clocks of their own,
and one that is wrong would end an interview early, or show two people two different times that are left."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic

from django.db import connection
from django.utils import timezone

# What Postgres last said here, and when by a clock that only counts on.
_heard: tuple[float, datetime] | None = None


def now() -> datetime:
    """Ask Postgres."""
    global _heard
    began = monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    _heard = ((began + monotonic()) / 2, at)
    return at


def estimate() -> datetime:
    """What it would say now, for who cannot wait for it; this machine's clock before it was first asked."""
    if _heard is None:
        return timezone.now()
    since, at = _heard
    return at + timedelta(seconds=monotonic() - since)

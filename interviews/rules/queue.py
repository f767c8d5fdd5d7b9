"""The queue of record for scoring: leases, tries, parking."""

from __future__ import annotations

from datetime import timedelta

MAX_TRIES = 3
# A worker kills a task after 30 s (settings); a lease outlives that, so no two workers score at once.
LEASE = timedelta(seconds=35)
# How long a fresh nudge may take before the sweeper nudges again.
GRACE = timedelta(seconds=10)


def is_poison(attempts: int) -> bool:
    """A job that used up its tries without an answer must have killed its worker: park it."""
    return attempts >= MAX_TRIES

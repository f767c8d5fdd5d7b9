"""The queue of record for scoring: leases, tries, parking, and trying again."""

from __future__ import annotations

from datetime import datetime, timedelta

MAX_TRIES = 3
# A worker kills a task at its limit (30 s for the scorer, 100 s for the judge: settings and tasks); a lease outlives
# that, so no two workers score at once. The broker hands a task out again after 120 s, later than either.
LEASES = {"local": timedelta(seconds=35), "judge": timedelta(seconds=105)}
LEASE = LEASES["local"]
# How long a fresh nudge may take before the sweeper nudges again.
GRACE = timedelta(seconds=10)
MOST_PATIENCE = timedelta(minutes=5)
# Who has a parked job tried again waits before the next time, twice as long each time.
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


def patience(age: timedelta) -> timedelta:
    """How long the sweeper waits before it nudges again for a job that was queued `age` ago. Where no worker runs,
    every nudge stays in the broker's memory; so there are ever fewer, and one that was lost costs a quarter more."""
    return min(max(GRACE, age / 4), MOST_PATIENCE)


def is_poison(attempts: int) -> bool:
    """A job that used up its tries without an answer must have killed its worker: park it."""
    return attempts >= MAX_TRIES


def pause(attempts: int, wanted: int = 0) -> timedelta:
    """How long to wait after a try that failed: what the other side asks for in seconds, or 10, 20, 40 s."""
    return max(GRACE * (1 << max(attempts - 1, 0)), timedelta(seconds=wanted))


def may_try_again(revived: int, revived_at: datetime | None) -> datetime | None:
    """From when on a person may have a parked job tried again; None: at once."""
    if revived_at is None or revived == 0:
        return None
    return revived_at + min(FIRST_WAIT * (1 << min(revived - 1, 10)), LONGEST_WAIT)

"""How often somebody may do what costs something: the one place that counts it, for pages and REST alike.

    SHARE = Limit("share", 20)
    spend(SHARE, by=user.pk, now=now)       # Refused (429) says in how many seconds it may be tried again

A count begins with the first time and ends `seconds` later. It lies in the cache, which all processes share. Without
the cache nothing that has a limit is done: there would be none. Nobody loses what they typed by it, because a refusal
leaves the text where it is, and the editor sends it again by itself.

It stands in the lowest layer that has something to limit, as the product's one error does (casebank/errors.py).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.core.cache import cache
from redis.exceptions import RedisError

from casebank.errors import Refused

log = logging.getLogger(__name__)
_AGAIN_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `seconds` for each who asks. `besides` says what else they can do meanwhile."""

    what: str
    most: int
    seconds: int = 60
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """How often more, and in how many seconds the count begins anew."""

    times: int
    seconds: int


# A page that saves as one types does so at most every second or so.
SAVE = Limit("save", 60)
IMPORT = Limit("import", 10)
PUBLISH = Limit("publish", 10)
FORK = Limit("fork", 10)
SHARE = Limit("share", 20)
# Each of these reads or writes up to a hundred cases.
BRING = Limit("cases_bring", 20, 3600)
TAKE = Limit("cases_take", 20, 3600, "The last archive holds nearly the same.")
RETIRE = Limit("retire", 20)


def spend(limit: Limit, *, by: int | str, now: datetime) -> Left:
    """Count one time against `by`, a user's id or an address; what is left. Refused where that is too often (429), or
    where it cannot be counted (503)."""
    at = now.timestamp()
    try:
        until = _until(limit, by, at)
        name = f"limit:{limit.what}:{by}:{until:.6f}"
        cache.add(name, 0, 2 * limit.seconds)
        count = cache.incr(name)
    except (RedisError, ValueError) as error:  # ValueError: the cache has dropped it in between
        log.warning("The limit on %s could not be counted: %s", limit.what, error)
        raise Refused(
            "unavailable",
            "The server cannot count at the moment how often this is done, so it was not done. Nothing was changed; "
            f"try again in {_AGAIN_SECONDS} seconds.",
            status=503,
            retry_after=_AGAIN_SECONDS,
        ) from error
    wait = max(1, ceil(until - at))
    if count > limit.most:
        words = (
            f"That was more than {limit.most} times in {_spell(limit.seconds)}. Nothing was changed; "
            f"try again in {_spell(wait)}. {limit.besides}"
        )
        raise Refused("too_often", words.strip(), status=429, retry_after=wait)
    return Left(limit.most - count, wait)


def _until(limit: Limit, by: int | str, at: float) -> float:
    """When the count that is under way ends, in seconds since 1970; one begins where none is."""
    name = f"limit:{limit.what}:{by}"
    ends = at + limit.seconds
    if cache.add(name, ends, limit.seconds):
        return ends
    kept: float | None = cache.get(name)
    if kept is None or kept <= at:  # it ended in between
        cache.set(name, ends, limit.seconds)
        return ends
    return kept


def _spell(seconds: int) -> str:
    """90 seconds, 10 minutes, 24 hours; a time to wait is never said too short."""
    if seconds <= 90:
        return "a minute" if seconds == 60 else f"{seconds} second{'s' * (seconds != 1)}"
    return f"{ceil(seconds / 60)} minutes" if seconds <= 7200 else f"{ceil(seconds / 3600)} hours"

"""How often a person may do what costs something: a fixed window, counted in the cache that all processes share."""

from __future__ import annotations

import logging
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from redis.exceptions import RedisError

from casebank.errors import Refused

log = logging.getLogger(__name__)
SECONDS = 60
# Per person and minute. A page that saves as one types does so at most every second or so.
ALLOWED = {"save": 60, "import": 10, "publish": 10, "fork": 10, "share": 20}


def spend(user: AbstractBaseUser, what: str, *, now: datetime) -> None:
    """Count one `what` of ALLOWED against this person; Refused (429) where that is too often.

    While the cache is away nothing is refused: the limit guards the machine, and what somebody typed is worth more.
    """
    key = f"casebank:{what}:{user.pk}:{int(now.timestamp()) // SECONDS}"
    try:
        cache.add(key, 0, timeout=2 * SECONDS)
        count = cache.incr(key)
    except (RedisError, ValueError) as error:
        log.warning("The limit on %s could not be counted: %s", what, error)
        return
    if count > ALLOWED[what]:
        raise Refused(
            "too_often",
            f"That was more than {ALLOWED[what]} times in a minute. Nothing was changed; wait a minute and try again.",
            status=429,
        )

"""PDFs of sheets: made once for each content, kept in the cache, and only so many for each person."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.core.cache import cache
from redis.exceptions import RedisError

from casebank import limits
from casebank.limits import Limit
from interviews.errors import Refused
from interviews.sheets import pdf
from interviews.sheets.sheet import Sheet

log = logging.getLogger(__name__)

KEEP_SECONDS = 7 * 86_400
# New ones for a person, or for an address where nobody is logged in; what is in the cache costs nothing.
NEW_PDFS = Limit("pdf", 40, 600, besides="The page itself prints as well.")
# At a time in one process: each takes a core for a second or two.
_places = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 20


def pdf_of(*, sheet: Sheet, paper: pdf.Paper, by: int | str, now: datetime) -> bytes:
    """The sheet as PDF. `by` names who asks. Refused where too many are asked for, or one cannot be made.

    Without the cache nothing is made: there would be no limit.
    """
    name = f"sheet-pdf:{pdf.key(sheet, paper)}"
    try:
        kept: bytes | None = cache.get(name)
        if kept is not None:
            return kept
        limits.spend(NEW_PDFS, by=by, now=now)
        made = _made(sheet, paper)
        cache.set(name, made, KEEP_SECONDS)
    except RedisError as error:
        log.warning("No PDF without the cache: %s", error)
        raise _later() from error
    return made


def _made(sheet: Sheet, paper: pdf.Paper) -> bytes:
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise _later()
    try:
        return pdf.typeset(sheet, paper)
    except pdf.NotSet as error:
        log.error("%s cannot be set: %s", sheet.title, error)
        raise _later() from error
    finally:
        _places.release()


def _later() -> Refused:
    return Refused(
        "unavailable",
        "The PDF cannot be made at the moment. The page itself prints as well; or try again in a minute.",
        status=503,
    )

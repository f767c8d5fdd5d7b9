"""PDFs of sheets: made once for each content, kept in the cache, and only so many for each person."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.http import Http404
from django.utils.text import slugify
from redis.exceptions import RedisError

from casebank import limits
from casebank.limits import Limit
from interviews.errors import Refused
from interviews.sheets import markdown, pdf
from interviews.sheets.sheet import Sheet

log = logging.getLogger(__name__)

FORMS = {"md": "text/markdown; charset=utf-8", "pdf": "application/pdf"}
KEEP_SECONDS = 7 * 86_400
# New ones for a person, or for an address where nobody is logged in; what is in the cache costs nothing.
NEW_PDFS = Limit("pdf", 40, 600, besides="The page itself prints as well.")
# At a time in one process: each takes a core for a second or two.
_places = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class File:
    """A sheet to be sent: `headers` name its type, and what it is called where somebody keeps it."""

    content: str | bytes
    headers: dict[str, str]


def as_file(*, sheet: Sheet, form: str, paper: pdf.Paper, by: int | str, now: datetime) -> File:
    """The sheet as Markdown or PDF (a key of FORMS; 404 for any other). `by` names who asks."""
    if form not in FORMS:
        raise Http404("There is no such form of a sheet.")
    made = markdown.dumps(sheet) if form == "md" else pdf_of(sheet=sheet, paper=paper, by=by, now=now)
    kept = "inline" if form == "pdf" else "attachment"
    return File(
        made,
        {"Content-Type": FORMS[form], "Content-Disposition": f'{kept}; filename="{file_name(sheet)}.{form}"'},
    )


def file_name(sheet: Sheet) -> str:
    """What a file of this sheet is called, without its ending."""
    return slugify(sheet.title) or "sheet"


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
        made = in_turn(lambda: pdf.typeset(sheet, paper), what=sheet.title)
        cache.set(name, made, KEEP_SECONDS)
    except RedisError as error:
        log.warning("No PDF without the cache: %s", error)
        raise _later() from error
    return made


def in_turn(make: Callable[[], bytes], *, what: str) -> bytes:
    """A PDF, made when it is its turn; Refused where that takes too long, or it cannot be set. `what` names it in the
    log."""
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise _later()
    try:
        return make()
    except pdf.NotSet as error:
        log.error("%s cannot be set: %s", what, error)
        raise _later() from error
    finally:
        _places.release()


def _later() -> Refused:
    return Refused(
        "unavailable",
        "The PDF cannot be made at the moment. The page itself prints as well; or try again in a minute.",
        status=503,
    )

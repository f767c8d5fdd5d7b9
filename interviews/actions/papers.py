"""Reports as files: as many as one reasonably takes along, and none of them kept."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.utils.text import slugify

from casebank import limits
from casebank.limits import Limit
from interviews.actions.printing import FORMS, File, in_turn
from interviews.papers import markdown, pdf
from interviews.papers.paper import Paper

# Each takes a core for a second or two, and is not kept: it holds what its person may want deleted.
NEW_PDFS = Limit("report-pdf", 20, 600, besides="The report itself prints as well.")


def as_file(*, paper: Paper, form: str, by: int, now: datetime) -> File:
    """The report as Markdown or PDF (a key of printing.FORMS; 404 for any other). `by` is the id of who asks. Refused
    where too many are asked for, or one cannot be made."""
    if form not in FORMS:
        raise Http404("There is no such form of a report.")
    if form == "md":
        made: str | bytes = markdown.dumps(paper)
    else:
        limits.spend(NEW_PDFS, by=by, now=now)
        made = in_turn(lambda: pdf.typeset(paper), what="A report")
    name = f"report-{slugify(paper.title) or 'session'}.{form}"
    return File(made, {"Content-Type": FORMS[form], "Content-Disposition": f'attachment; filename="{name}"'})

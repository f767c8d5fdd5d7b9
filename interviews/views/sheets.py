"""Cheat sheets, each as a page that prints, as PDF, as Markdown, and as one file to keep."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casebank import frameworks, sheets
from casebank.queries import visible_to
from interviews.actions import printing
from interviews.audit import readings
from interviews.queries import sheets as found
from interviews.queries.sheets import Wish
from interviews.sheets import pdf
from interviews.sheets.density import density
from interviews.sheets.sheet import Sheet
from interviews.sheets.stylesheet import stylesheet
from interviews.views.door import enter
from interviews.views.request import UserRequest


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All sheets that everybody may have."""
    context = {
        "patterns": sheets.load(),
        "frameworks": frameworks.load(),
        "cases": visible_to(request.user),
    }
    return render(request, "interviews/sheets/index.html", context)


@require_safe
def show(request: HttpRequest, slug: str, form: str = "page") -> HttpResponse:
    """A pattern's sheet or a framework's."""
    return _answer(request, found.for_everybody(slug), form)


@require_safe
def case(request: HttpRequest, slug: str, form: str = "page") -> HttpResponse:
    """A case's sheet for everybody who may see the case: its candidate's half alone."""
    sheet = found.of_case(request.user, slug, Wish.of(request.GET))
    return _answer(request, sheet, form, frameworks_too=True)


@never_cache
@login_required
@require_safe
def full(request: UserRequest, pk: UUID, form: str = "page") -> HttpResponse:
    """The sheet with the guide's content, for who sat in the session, after its end."""
    now = timezone.now()
    seat = enter(request, pk, now)
    sheet = found.of_session(seat)
    readings.guide(seat, now=now)
    return _answer(request, sheet, form)


def _answer(request: HttpRequest, sheet: Sheet, form: str, *, frameworks_too: bool = False) -> HttpResponse:
    wished = Wish.of(request.GET)
    if form not in ("page", "html"):
        by = request.user.pk or request.META.get("REMOTE_ADDR", "")
        file = printing.as_file(sheet=sheet, form=form, paper=wished.paper, by=by, now=timezone.now())
        return HttpResponse(file.content, headers=file.headers)
    context = {
        "sheet": sheet,
        "paper": wished.paper,
        "papers": pdf.PAPERS,
        "version": pdf.version(sheet),
        "density": density(sheet),
        "framework": wished.framework if frameworks_too else None,
        "frameworks": frameworks.load() if frameworks_too else {},
    }
    if form == "page":
        return render(request, "interviews/sheets/page.html", context)
    # A saved page brings its own styles, which the policy would refuse on ours: so it is only ever a file.
    context["stylesheet"] = stylesheet(wished.paper)
    response = render(request, "interviews/sheets/saved.html", context)
    response["Content-Disposition"] = f'attachment; filename="{printing.file_name(sheet)}.html"'
    return response

"""Cheat sheets, each as a page that prints, as PDF, as Markdown, and as one file to keep."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casebank import frameworks, sheets
from casebank.access import case_for
from casebank.queries import visible_to
from interviews.actions import printing
from interviews.queries.full_sheet import guide_for
from interviews.sheets import markdown, pdf
from interviews.sheets.candidate import candidate_sheet
from interviews.sheets.density import density
from interviews.sheets.frameworks import framework_sheet
from interviews.sheets.full import full_sheet
from interviews.sheets.general import general
from interviews.sheets.sheet import Sheet
from interviews.sheets.stylesheet import stylesheet
from interviews.views.door import enter
from interviews.views.request import UserRequest


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a request decides how a sheet looks."""

    paper: pdf.Paper
    framework: frameworks.Framework


def wish(request: HttpRequest) -> Wish:
    """The paper (A4 unless it is Letter) and the framework; what nobody knows is the default."""
    paper: pdf.Paper = "letter" if request.GET.get("paper") == "letter" else "a4"
    found = frameworks.load().get(request.GET.get("framework", ""))
    return Wish(paper, found or frameworks.default())


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
    if slug in sheets.load():
        return _answer(request, general(slug), form)
    if slug in frameworks.load():
        return _answer(request, framework_sheet(frameworks.load()[slug]), form)
    raise Http404("There is no such sheet.")


@require_safe
def case(request: HttpRequest, slug: str, form: str = "page") -> HttpResponse:
    """A case's sheet for everybody who may see the case: its candidate's half alone."""
    sheet = candidate_sheet(case_for(request.user, slug), wish(request).framework)
    return _answer(request, sheet, form, frameworks_too=True)


@never_cache
@login_required
@require_safe
def full(request: UserRequest, pk: UUID, form: str = "page") -> HttpResponse:
    """The sheet with the guide's content, for who sat in the session, after its end."""
    seat = enter(request, pk, timezone.now())
    guide = guide_for(seat)
    if guide is None:
        raise PermissionDenied(
            "This sheet holds the interviewer's guide. It opens when the session has run and ended, and while "
            "no other session is waiting in which you are asked the same case."
        )
    return _answer(request, full_sheet(seat.session.case_version, guide), form)


def _answer(request: HttpRequest, sheet: Sheet, form: str, *, frameworks_too: bool = False) -> HttpResponse:
    wished = wish(request)
    context = {
        "sheet": sheet,
        "paper": wished.paper,
        "papers": pdf.PAPERS,
        "version": pdf.version(sheet),
        "density": density(sheet),
        "framework": wished.framework if frameworks_too else None,
        "frameworks": frameworks.load() if frameworks_too else {},
    }
    match form:
        case "page":
            return render(request, "interviews/sheets/page.html", context)
        case "html":
            context["stylesheet"] = stylesheet(wished.paper)
            response = render(request, "interviews/sheets/saved.html", context)
        case "md":
            response = HttpResponse(markdown.dumps(sheet), content_type="text/markdown; charset=utf-8")
        case "pdf":
            by = request.user.pk or request.META.get("REMOTE_ADDR", "")
            made = printing.pdf_of(sheet=sheet, paper=wished.paper, by=by, now=timezone.now())
            response = HttpResponse(made, content_type="application/pdf")
        case _:
            raise Http404("There is no such form of a sheet.")
    # A saved page brings its own styles, which the policy would refuse on ours: so it is only ever a file.
    kept = "inline" if form == "pdf" else "attachment"
    response["Content-Disposition"] = f'{kept}; filename="{slugify(sheet.title) or "sheet"}.{form}"'
    return response

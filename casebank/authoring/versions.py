"""The versions of a case: listed, compared, carried away as a file, and forked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank import access, history, limits
from casebank.actions import drafts
from casebank.authoring.request import UserRequest
from casebank.authoring.sending import download


@never_cache
@login_required
@require_safe
def show(request: UserRequest, slug: str) -> HttpResponse:
    """Every version of a case; with `?old=1&new=2`, what changed between two."""
    newest = access.case_for(request.user, slug)
    rows = history.versions_of(request.user, slug)
    page = {
        "version": newest,
        "rows": rows,
        "owns": access.rights(request.user, newest).owns,
        "old": rows[min(1, len(rows) - 1)].version.number,
        "new": newest.number,
    }
    if "old" in request.GET or "new" in request.GET:
        found = history.compared(request.user, slug, request.GET)
        page |= {"old": found.old, "new": found.new, "lines": found.lines, "compared": True}
    return render(request, "casebank/authoring/versions.html", page)


@never_cache
@login_required
@require_safe
def export(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """A version with its guide as one file; 403 to whoever may not read the guide."""
    made = history.export(request.user, slug, number, root=request.build_absolute_uri("/").rstrip("/"))
    return download(made.text, made.name)


@login_required
@require_POST
def fork(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """A draft of one's own from a version."""
    version = access.version_for(request.user, slug, number)
    now = timezone.now()
    limits.spend(limits.FORK, by=request.user.pk, now=now)
    made = drafts.fork(version=version, by=request.user, now=now)
    if not access.rights(request.user, version).reads_guide:
        messages.info(request, "You have the candidate's half. The guide is yours to write.")
    return redirect("casebank:draft", made.pk)


@login_required
@require_POST
def edit(request: UserRequest, slug: str) -> HttpResponse:
    """To the draft of one's own case."""
    case = access.own_case(request.user, slug)
    return redirect("casebank:draft", drafts.edit(case=case, by=request.user, now=timezone.now()).pk)

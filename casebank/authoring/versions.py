"""The versions of a case: listed, compared, carried away as a file, and forked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank import access, files, limits, slugs
from casebank.actions import drafts
from casebank.authoring.forms import Comparison
from casebank.authoring.request import UserRequest
from casebank.authoring.sending import download
from casebank.diff import Line, diff
from casebank.errors import Refused
from casebank.models import CaseVersion


@never_cache
@login_required
@require_safe
def show(request: UserRequest, slug: str) -> HttpResponse:
    """Every version of a case; with `?old=1&new=2`, what changed between two."""
    newest = access.case_for(request.user, slug)
    versions = list(newest.case.versions.select_related("case").order_by("-number"))
    page = {
        "version": newest,
        "rows": [(version, access.rights(request.user, version)) for version in versions],
        "owns": access.rights(request.user, newest).owns,
        "old": versions[min(1, len(versions) - 1)].number,
        "new": newest.number,
    }
    if "old" in request.GET or "new" in request.GET:
        page |= _compared(request, slug)
    return render(request, "casebank/authoring/versions.html", page)


@never_cache
@login_required
@require_safe
def export(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """A version with its guide as one file; 403 to whoever may not read the guide."""
    version = access.version_for(request.user, slug, number)
    schema_url = request.build_absolute_uri(reverse("casebank:schema", args=["one-file"]))
    text = files.whole(version, access.guide_for(request.user, version), schema_url=schema_url)
    return download(text, f"{slugs.wish(version.case)}-v{version.number}")


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


def _compared(request: UserRequest, slug: str) -> dict[str, object]:
    form = Comparison(request.GET)
    if not form.is_valid():
        raise Refused("no_such_version", "Choose two versions to compare.", status=400)
    old, new = (access.version_for(request.user, slug, form.cleaned_data[key]) for key in ("old", "new"))
    return {"old": old.number, "new": new.number, "lines": _changes(request, old, new), "compared": True}


def _changes(request: UserRequest, old: CaseVersion, new: CaseVersion) -> list[Line]:
    """The owner sees all that changed, everybody else only what changed for candidates."""
    if access.rights(request.user, new).owns:
        return diff(*(files.whole(one, access.guide_for(request.user, one)) for one in (old, new)))
    return diff(files.candidate_text(old), files.candidate_text(new))

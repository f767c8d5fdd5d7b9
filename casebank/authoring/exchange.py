"""Many cases at once: taken along as an archive, and brought in from one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casebank import limits, queries, taking
from casebank.actions.bringing import bring_archive
from casebank.authoring.request import UserRequest
from casebank.authoring.sending import send
from casebank.forms import Archive
from casebank.schema import Faulty, bundle

# More than anybody reads at once; the rest follows as these are mended.
SHOWN = 100


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: UserRequest) -> HttpResponse:
    """The page; POST brings an archive in, or with `dry_run` only says what would become of each case."""
    form, status = Archive(), 200
    page: dict[str, object] = {}
    if request.method == "POST":
        limits.spend(limits.BRING, by=request.user.pk, now=timezone.now())
        form, status = Archive(request.POST, request.FILES), 400
        if form.is_valid():
            file, dry = form.cleaned_data["file"], form.cleaned_data["dry_run"]
            try:
                brought = bring_archive(file=file, name=file.name[:80], owner=request.user, dry=dry)
            except Faulty as faulty:
                status = 422
                page = {"faults": faulty.faults[:SHOWN], "more": max(0, len(faulty.faults) - SHOWN)}
            else:
                status, page = 200, {"brought": brought, "dry": dry}
                if not dry:
                    messages.success(request, "The archive is in.")
    page |= {
        "form": form,
        "own": queries.visible_to(request.user).filter(case__owner_id=request.user.pk),
        "most": bundle.MOST,
        "megabytes": bundle.BOUNDS.packed // 1_000_000,
    }
    return render(request, "casebank/authoring/exchange.html", page, status=status)


@never_cache
@login_required
@require_safe
def take(request: UserRequest) -> HttpResponseBase:
    """One's own cases as an archive; with `slug`, once or more, only those."""
    now = timezone.now()
    limits.spend(limits.TAKE, by=request.user.pk, now=now)
    return send(request, taking.own(request.user, request.GET.getlist("slug")), f"cases-{now:%Y-%m-%d}.zip")

"""What a person writes: their drafts and cases, and what others share with them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casebank import files, limits, queries
from casebank.actions import drafts
from casebank.authoring.request import UserRequest
from casebank.forms import KILOBYTES, Import


@never_cache
@login_required
@require_safe
def show(request: UserRequest) -> HttpResponse:
    """The desk."""
    private = queries.visible_to(request.user).exclude(case__owner=None).select_related("case__owner")
    page = {
        "drafts": list(queries.drafts_of(request.user)),
        "own": private.filter(case__owner_id=request.user.pk),
        "retired": queries.retired_by(request.user),
        "shared": private.exclude(case__owner_id=request.user.pk),
    }
    return render(request, "casebank/authoring/desk.html", page)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Begin a case: from an empty form, or from a file that is uploaded or pasted."""
    form = Import()
    if request.method == "POST":
        now = timezone.now()
        limits.spend(limits.IMPORT, by=request.user.pk, now=now)
        if "blank" in request.POST:
            return redirect("casebank:draft", drafts.create(by=request.user, text=files.blank(), now=now).pk)
        form = Import(request.POST, request.FILES)
        if form.is_valid():
            made = drafts.create(by=request.user, text=form.cleaned_data["whole"], now=now)
            return redirect("casebank:draft", made.pk)
    status = 400 if form.errors else 200
    page = {"form": form, "kilobytes": KILOBYTES}
    return render(request, "casebank/authoring/new.html", page, status=status)

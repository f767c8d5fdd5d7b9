"""Who else sees a private case."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casebank import access, limits
from casebank.actions import shares
from casebank.authoring.request import UserRequest
from casebank.forms import Sharing


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: UserRequest, slug: str) -> HttpResponse:
    """The addresses that a case is shared with, and a form for one more. It never says whether one has an account."""
    case = access.own_case(request.user, slug)
    form = Sharing(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        now = timezone.now()
        limits.spend(limits.SHARE, by=request.user.pk, now=now)
        if form.is_valid():
            made = shares.share(case=case, email=form.cleaned_data["email"], now=now)
            messages.success(request, f"Shared with {made.email}.")
            return redirect("casebank:sharing", slug)
    page = {
        "version": access.case_for(request.user, slug),
        "shares": case.shares.order_by("email"),
        "form": form,
    }
    return render(request, "casebank/authoring/sharing.html", page, status=400 if form.errors else 200)


@login_required
@require_POST
def revoke(request: UserRequest, slug: str, share_id: int) -> HttpResponse:
    """Stop sharing with an address."""
    shares.revoke(case=access.own_case(request.user, slug), share_id=share_id)
    messages.success(request, "Revoked. Sessions that were begun with it go on.")
    return redirect("casebank:sharing", slug)

"""Taking one's own case out of the bank, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casebank import access, limits
from casebank.actions import retire as verbs
from casebank.authoring.request import UserRequest


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: UserRequest, slug: str) -> HttpResponse:
    """What retiring a case means, and a button that does it."""
    case = access.own_case(request.user, slug)
    if request.method != "POST":
        page = {"version": access.case_for(request.user, slug), "shares": case.shares.count()}
        return render(request, "casebank/authoring/retire.html", page)
    now = timezone.now()
    limits.spend(limits.RETIRE, by=request.user.pk, now=now)
    verbs.retire(case=case, now=now)
    messages.success(request, "The case is retired. You can bring it back from this page.")
    return redirect("casebank:desk")


@login_required
@require_POST
def restore(request: UserRequest, slug: str) -> HttpResponse:
    """Back into the bank."""
    case = access.retired_case(request.user, slug)
    limits.spend(limits.RETIRE, by=request.user.pk, now=timezone.now())
    verbs.restore(case=case)
    messages.success(request, "The case is back, for those whom it is shared with too.")
    return redirect("casebank:detail", slug)

"""What one has agreed to, in one list, and the installation's terms."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from interviews.queries.own_consents import given_by

from . import terms
from .models import User


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The list; POST agrees to the terms as they are now, and leads back to `next` (the page whose bar asked)."""
    user = cast(User, request.user)
    if request.method == "POST":
        terms.agree(user=user, now=timezone.now())
        if request.headers.get("HX-Request"):  # the bar: what was typed on the page stays
            return render(request, "components/terms_kept.html")
        messages.success(request, "Your answer is kept.")
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        return redirect(back if is_ours else "own_consents")
    page = {
        "given": given_by(user),
        "agreements": user.agreements.all(),
        "awaited": terms.awaited_from(user),
        "terms_url": settings.TERMS_URL,
        "version": settings.TERMS_VERSION,
    }
    return render(request, "account/consents.html", page)

"""Who saw and changed what concerns oneself."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.audit.shown import Whose, page_of

from .models import User

WHOSE: dict[str, str] = {"all": "All", "others": "By others", "mine": "By you"}


@never_cache
@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The newest first, `?page=` by page; `?whose=` is all, others or mine."""
    wish, number = request.GET.get("whose", ""), request.GET.get("page", "")
    whose = cast(Whose, wish if wish in WHOSE else "all")
    # Four digits are more pages than there are.
    is_number = number.isascii() and number.isdigit() and len(number) < 5
    found = page_of(cast(User, request.user), whose=whose, number=int(number) if is_number else 1)
    page = {"page": found, "whose": whose, "choices": list(WHOSE.items())}
    return render(request, "account/audit.html", page)

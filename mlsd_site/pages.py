"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from interviews.queries.bookings import upcoming
from interviews.queries.mine import sessions_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, to a stranger; what to do next, to a member."""
    if request.user.is_authenticated:
        page = {
            "rows": sessions_of(request.user, limit=6),
            "upcoming": upcoming(request.user, timezone.now())[:3],
        }
        return render(request, "home.html", page)
    return render(request, "welcome.html")

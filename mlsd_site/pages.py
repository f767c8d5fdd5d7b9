"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interviews.queries.mine import sessions_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, to a stranger; what to do next, to a member."""
    if request.user.is_authenticated:
        return render(request, "home.html", {"rows": sessions_of(request.user, limit=6)})
    return render(request, "welcome.html")

"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casebank.seen import bank_of
from interviews.queries.bookings import upcoming
from interviews.queries.groups import to_do
from interviews.queries.mine import sessions_of
from interviews.queries.next_step import next_step
from interviews.queries.sheets_seen import sheets_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, to a stranger; what to do next, to a member."""
    if request.user.is_authenticated:
        now = timezone.now()
        page = {
            "rows": sessions_of(request.user, limit=6),
            "upcoming": upcoming(request.user, now)[:3],
            "assigned": [row for row in to_do(request.user, now) if row.may_start][:5],
            "next": next_step(request.user, bank_of(request.user), sheets_of(request.user.pk, now), now),
        }
        return render(request, "home.html", page)
    return render(request, "welcome.html")

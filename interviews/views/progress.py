"""One's own progress."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casebank.seen import bank_of
from interviews.queries import practised
from interviews.queries import progress as queries
from interviews.queries.next_step import next_step
from interviews.queries.sheets_seen import sheets_of
from interviews.rules.standing import BOUNDS
from interviews.views.request import UserRequest


@login_required
@require_safe
def show(request: UserRequest) -> HttpResponse:
    """Where one stands by each source, how it went over time, and what was practised."""
    now = timezone.now()
    bank, sheets = bank_of(request.user), sheets_of(request.user.pk, now)
    page = {
        "next": next_step(request.user, bank, sheets, now),
        "progress": queries.progress(sheets, by=request.GET.get("by", ""), now=now),
        "totals": practised.totals(request.user),
        "days": practised.by_day(request.user, now),
        "coverage": practised.coverage(bank),
        "bounds": [(name, round(100 * bound / 3, 1)) for name, bound in BOUNDS],
    }
    return render(request, "interviews/progress/show.html", page)


@login_required
@require_safe
def points(request: UserRequest) -> HttpResponse:
    """Every point of the checklist over the last sessions, by one source."""
    now = timezone.now()
    sheets = sheets_of(request.user.pk, now)
    found = queries.progress(sheets, by=request.GET.get("by", ""), now=now)
    page = {"progress": found, "steps": queries.points(sheets, by=found.by)}
    return render(request, "interviews/progress/points.html", page)

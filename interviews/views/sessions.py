"""My sessions, and making one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from interviews.actions import sessions
from interviews.forms import Arrangement, NewSession
from interviews.queries.disputes import waiting_for
from interviews.queries.groups import to_do
from interviews.queries.mine import sessions_of
from interviews.views.request import UserRequest


@login_required
@require_safe
def mine(request: UserRequest) -> HttpResponse:
    """The sessions that this person sits in: running, waiting and ended."""
    now = timezone.now()
    rows = sessions_of(request.user)
    assigned = [row for row in to_do(request.user, now) if row.may_start]
    groups = [
        ("live", "Running now", [row for row in rows if row.seat.session.state == "live"]),
        ("lobby", "Waiting to start", [row for row in rows if row.seat.session.state == "lobby"]),
        ("ended", "Ended", [row for row in rows if row.seat.session.state == "ended"]),
    ]
    page = {
        "groups": groups,
        "any": bool(rows),
        "assigned": assigned,
        "disputed": waiting_for(request.user, now),
    }
    return render(request, "interviews/list.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Choose case, seat, framework and level; POST makes the session and opens its room."""
    if request.method != "POST":
        wished = {"case": request.GET.get("case", "")}
        if request.GET.get("seat") in Arrangement.values:
            wished["arrangement"] = request.GET["seat"]
        form = NewSession(user=request.user, initial=wished)
        return render(request, "interviews/new.html", {"form": form})
    form = NewSession(request.POST, user=request.user)
    if not form.is_valid():
        return render(request, "interviews/new.html", {"form": form}, status=422)
    session = sessions.create(by=request.user, now=timezone.now(), **form.wish())
    return redirect("interviews:room", session.pk)

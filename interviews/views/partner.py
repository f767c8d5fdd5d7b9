"""A partner who does not come, as the one who came sees it in the lobby."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import attendance
from interviews.queries.attendance import awaited_by
from interviews.views.door import enter
from interviews.views.request import UserRequest


@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """Whom one waits for, and until when; 204 where the page shows that already."""
    now = timezone.now()
    seat = enter(request, pk, now)
    attendance.arrive(seat=seat, now=now)
    awaited = awaited_by(seat, now)
    mark = "" if awaited is None else "over" if awaited.given_up else "waits"
    if request.GET.get("mark") == mark:
        return HttpResponse(status=204)
    return render(request, "interviews/practise/_partner.html", {"session": seat.session, "awaited": awaited})


@login_required
@require_POST
def find_another(request: UserRequest, pk: UUID) -> HttpResponse:
    """Stand first in the line for another partner."""
    attendance.find_another(seat=access.seat_in(request.user, pk), now=timezone.now())
    return redirect("interviews:practise")


@login_required
@require_POST
def go_alone(request: UserRequest, pk: UUID) -> HttpResponse:
    """Go on without the partner."""
    attendance.go_alone(seat=access.candidate_in(request.user, pk), now=timezone.now())
    return redirect("interviews:room", pk)

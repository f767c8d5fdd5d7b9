"""One's own track as an interviewer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.queries import agreement, calibration, interviewing, practised
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest) -> HttpResponse:
    """What one did in the room, what candidates said, and how close one's levels are to others'."""
    scorers = agreement.agreements(user_id=request.user.pk, everybody=False)
    page = {
        "totals": practised.totals(request.user),
        "room": interviewing.room_of(request.user),
        "said": interviewing.said_of(request.user.pk, timezone.now()),
        "scorer": next(iter(scorers), None),
        "calibration": calibration.overview_of(request.user),
    }
    return render(request, "interviews/progress/interviewing.html", page)

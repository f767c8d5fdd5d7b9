"""The System pane: what the drawing is understood to be."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.queries.drawing import draws_now
from interviews.queries.system import reading_for
from interviews.views.door import enter
from interviews.views.request import UserRequest
from whiteboard import catalogue
from whiteboard.figures import figures


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The pane's content; 204 where it still says what the page shows (`?seen=`), so that no focus is lost."""
    now = timezone.now()
    seat = enter(request, pk, now)
    reading = reading_for(seat)
    corrects = draws_now(seat, now)
    digest = hashlib.sha256(repr((reading, corrects)).encode()).hexdigest()[:16]
    if request.GET.get("seen") == digest:
        return HttpResponse(status=204)
    kinds = catalogue.kinds()
    page = {
        "digest": digest,
        "parts": [(one, kinds.get(one.kind), figures(one.numbers)) for one in reading.system.components],
        "unknown": sum(not one.kind for one in reading.system.components),
        "loose": reading.system.loose,
        "corrects": corrects,
        "drawing": reading,
    }
    return render(request, "interviews/room/_system_body.html", page)

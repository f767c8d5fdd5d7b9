"""What the interviewer has put before everybody: facts, hints, and changed constraints."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.queries.facts import obtained
from interviews.queries.told import newest, told
from interviews.views.door import enter
from interviews.views.request import UserRequest
from interviews.views.steps import names


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The facts as everybody in the session sees them."""
    session = enter(request, pk, timezone.now()).session
    return render(request, "interviews/room/_facts.html", {"session": session, "facts": obtained(session)})


@never_cache
@login_required
@require_safe
def others(request: UserRequest, pk: UUID) -> HttpResponse:
    """Hints and changed constraints, and the lines that announce the newest."""
    seat = enter(request, pk, timezone.now())
    found = told(seat.session)
    page = {
        "session": seat.session,
        "seat": seat,
        "told": found,
        "newest": newest(found),
        "step_names": names(),
    }
    return render(request, "interviews/room/_told_answer.html", page)

"""Practising alone: asking the rules for a fact, and being asked by them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from interviews import access
from interviews.actions import alone
from interviews.queries.alone import asked as asked_so_far
from interviews.queries.cast import cast_of
from interviews.queries.controls import controls_for
from interviews.views.door import enter
from interviews.views.request import UserRequest


@login_required
@require_POST
def ask(request: UserRequest, pk: UUID) -> HttpResponse:
    """The fact that answers `question`, which then stands among the facts obtained; or that there is none."""
    seat = access.candidate_in(request.user, pk)
    now = timezone.now()
    event = alone.ask(seat=seat, question=request.POST.get("question", ""), now=now)
    if not request.htmx:
        return redirect("interviews:room", pk)
    page = {"fact": event.data if event else None, "again": event is not None and event.at < now}
    return render(request, "interviews/room/_alone_fact.html", page)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was asked so far; POST has the next question asked first."""
    now = timezone.now()
    enter(request, pk, now)  # first, so that nothing is offered when the time is up
    seat = access.candidate_in(request.user, pk)
    done = False
    if request.method == "POST":
        done = alone.be_asked(seat=seat, now=now) is None
        if not request.htmx:
            return redirect("interviews:room", pk)
    page = {
        "session": seat.session,
        "asked": asked_so_far(seat.session),
        "done": done,
        "controls": controls_for(seat, cast_of(seat.session), now),
    }
    return render(request, "interviews/room/_alone_asked.html", page)

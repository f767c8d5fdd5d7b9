"""The facts that were given, and giving one."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import facts
from interviews.errors import Refused
from interviews.forms import FactForm
from interviews.queries.facts import obtained
from interviews.views.door import enter
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The list as everybody in the session sees it."""
    session = enter(request, pk, timezone.now()).session
    return render(request, "interviews/room/_facts.html", {"session": session, "facts": obtained(session)})


@login_required
@require_POST
def give(request: UserRequest, pk: UUID) -> HttpResponse:
    """Give the candidate one fact."""
    seat = access.interviewer_in(request.user, pk)
    form = FactForm(request.POST)
    if not form.is_valid():
        raise Refused("no_such_fact", "The guide has no such fact. Nothing was given.", status=422)
    facts.give(session=seat.session, seat=seat, number=form.cleaned_data["number"], now=timezone.now())
    return HttpResponse(status=204) if request.htmx else redirect("interviews:room", pk)

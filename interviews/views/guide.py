"""The interviewer's guide, inside the room."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews import access
from interviews.actions import notes
from interviews.errors import Refused
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The guide as a fragment, for the interviewer only. Where it would spoil an interview that this person
    awaits, the question whether to open it; `?anyway=1` is the answer."""
    seat = access.interviewer_in(request.user, pk)
    try:
        guide = notes.read_guide(
            seat=seat, now=timezone.now(), although_it_spoils=request.GET.get("anyway") == "1"
        )
    except Refused as refusal:
        return render(request, "interviews/room/_guide_spoils.html", {"refusal": refusal, "pk": pk})
    return render(request, "casebank/guide.html", {"guide": guide})

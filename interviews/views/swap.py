"""Half time."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from casebank import limits
from interviews import access
from interviews.actions import swap
from interviews.limits import SWAP
from interviews.views.request import UserRequest


@login_required
@require_POST
def open_second_half(request: UserRequest, pk: UUID) -> HttpResponse:
    """Open the second half, or go to the one that is open already."""
    seat = access.player_in(request.user, pk)
    now = timezone.now()
    limits.spend(SWAP, by=seat.user_id, now=now)
    second = swap.open_second_half(session=seat.session, by=seat, now=now)
    room = reverse("interviews:room", args=[second.pk])
    return HttpResponseClientRedirect(room) if request.htmx else redirect(room)

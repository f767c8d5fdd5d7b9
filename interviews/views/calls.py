"""The call: where its servers are, and somebody's own link to one elsewhere."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import calls
from interviews.models import Seat
from interviews.queries.calls import call_panel, ice
from interviews.views.door import enter
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def servers(request: UserRequest, pk: UUID) -> HttpResponse:
    """STUN and TURN servers, with a password good for a while; for who may call, until an hour after the end."""
    now = timezone.now()
    seat = access.talker(enter(request, pk, now), now)
    calls.ask_servers(seat=seat, now=now)
    return JsonResponse(ice(seat, now))


@login_required
@require_POST
def share(request: UserRequest, pk: UUID) -> HttpResponse:
    """Paste a link to a call elsewhere, or take it away."""
    seat = access.seat_in(request.user, pk)
    calls.share_link(seat=seat, url=request.POST.get("url", ""), now=timezone.now())
    return _link(request, seat) if request.htmx else redirect("interviews:room", pk)


@never_cache
@login_required
@require_safe
def link(request: UserRequest, pk: UUID) -> HttpResponse:
    """The link that is shown, as a fragment."""
    return _link(request, enter(request, pk, timezone.now()))


def _link(request: UserRequest, seat: Seat) -> HttpResponse:
    part = "_lobby_link" if request.GET.get("in") == "lobby" else "_call_link"
    page = {"session": seat.session, "call": call_panel(seat, timezone.now())}
    return render(request, f"interviews/room/{part}.html", page)

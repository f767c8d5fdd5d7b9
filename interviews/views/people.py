"""Who is in a session: those who watch may be sent away, and may leave."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import invites
from interviews.models import Role, Seat
from interviews.queries import room
from interviews.queries.cast import cast_of
from interviews.queries.invites import invite_panel
from interviews.queries.panel import leading
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The list in the room's dialog."""
    return _list(request, access.seat_in(request.user, pk))


@login_required
@require_POST
def dismiss(request: UserRequest, pk: UUID, seat_id: int) -> HttpResponse:
    """End the seat of somebody who watches."""
    seat = access.seat_in(request.user, pk)
    invites.dismiss(session=seat.session, seat_id=seat_id, by=seat, now=timezone.now())
    if seat.pk == seat_id:
        return redirect("interviews:list")
    return _list(request, seat) if request.htmx else redirect("interviews:room", pk)


def _list(request: UserRequest, seat: Seat) -> HttpResponse:
    cast = cast_of(seat.session)
    page = {
        "session": seat.session,
        "seat": seat,
        "people": room.people(cast),
        "led": leading(seat.session),
        "watching": invite_panel(seat, cast, Role.OBSERVER, timezone.now()),
    }
    return render(request, "interviews/room/_people.html", page)

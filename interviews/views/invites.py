"""Inviting a partner, and accepting."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interviews import access
from interviews.actions import invites
from interviews.errors import Refused
from interviews.models import Part, Role, Seat
from interviews.queries.invites import invite_panel
from interviews.queries.panel import leading
from interviews.queries.seen import objection_to
from interviews.views.request import UserRequest

_KEY = "invite"


@login_required
@require_POST
def create(request: UserRequest, pk: UUID) -> HttpResponse:
    """Make a link to a seat of the `role`. It replaces the older one and is shown this once."""
    seat, role, part = access.seat_in(request.user, pk), _role(request), _part(request)
    _, token = invites.create(session=seat.session, by=seat, role=role, part=part, now=timezone.now())
    link = request.build_absolute_uri(reverse("interviews:invite_open", args=[token]))
    return _panel(request, seat, role, part, link)


@login_required
@require_POST
def revoke(request: UserRequest, pk: UUID) -> HttpResponse:
    """Withdraw the open link."""
    seat, role, part = access.seat_in(request.user, pk), _role(request), _part(request)
    invites.revoke(session=seat.session, by=seat, role=role, part=part, now=timezone.now())
    return _panel(request, seat, role, part, "")


@login_required
@require_POST
def go_on_with_one(request: UserRequest, pk: UUID) -> HttpResponse:
    """Give up a panel's free interviewer's seat."""
    seat = access.seat_in(request.user, pk)
    invites.go_on_with_one(session=seat.session, by=seat, now=timezone.now())
    return redirect("interviews:room", pk)


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token in the browser's session and go on to a page whose address does not hold it."""
    request.session[_KEY] = token[:200]
    return redirect("interviews:invite_accept")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: UserRequest) -> HttpResponse:
    """Who invites whom to what; POST takes the seat."""
    token, now = str(request.session.get(_KEY, "")), timezone.now()
    try:
        if request.method == "POST":
            seat = invites.redeem(token=token, by=request.user, now=now)
            del request.session[_KEY]
            return redirect("interviews:room", seat.session_id)
        invite = invites.look(token=token, now=now)
    except Refused as refusal:
        return render(request, "interviews/invite_refused.html", {"refusal": refusal}, status=refusal.status)
    session = invite.session
    own = session.seats.filter(user_id=request.user.pk).exists()
    page = {
        "invite": invite,
        "session": session,
        "own": own,
        "case": session.case_version,
        "led": next((one for one in leading(session) if one.part == invite.part), None),
        "objection": objection_to(
            request.user, session.case_version.case, role=invite.role, mode=session.mode
        ),
    }
    return render(request, "interviews/invite.html", page, status=409 if own else 200)


def _role(request: UserRequest) -> Role:
    role = request.POST.get("role")
    if role not in Role.values:
        raise Refused("no_invites", "Say to which seat the link shall lead.", status=422)
    return Role(role)


def _part(request: UserRequest) -> Part:
    part = request.POST.get("part", "")
    if part not in Part.values:
        raise Refused("no_invites", "Say which part of the interview the link shall lead to.", status=422)
    return Part(part)


def _panel(request: UserRequest, seat: Seat, role: Role, part: Part, link: str) -> HttpResponse:
    page = {"session": seat.session, "panel": invite_panel(seat, role, timezone.now(), part), "link": link}
    if request.htmx:
        return render(request, "interviews/room/_invite.html", page)
    if link:
        return render(request, "interviews/invite_link.html", page)
    return redirect("interviews:room", seat.session_id)

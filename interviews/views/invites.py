"""Inviting a partner, and accepting."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebank.limits import spend
from interviews import access
from interviews.actions import invitations, invites
from interviews.errors import Refused
from interviews.forms import Invitation
from interviews.limits import LINK
from interviews.models import Part, Role, Seat
from interviews.queries.cast import cast_of
from interviews.queries.invites import invite_panel
from interviews.queries.panel import leading
from interviews.queries.seen import objection_to
from interviews.views.request import UserRequest

_KEY = "invite"


@login_required
@require_POST
def create(request: UserRequest, pk: UUID) -> HttpResponse:
    """Make a link to a seat of the `role`. It replaces the older one and is shown this once; or, with an `email`, it is
    sent there and shown to nobody."""
    seat, role, part = access.seat_in(request.user, pk), _role(request), _part(request)
    if "email" in request.POST:
        return _send(request, seat, role, part)
    now = timezone.now()
    spend(LINK, by=request.user.pk, now=now)
    _, token = invites.create(session=seat.session, by=seat, role=role, part=part, now=now)
    link = request.build_absolute_uri(reverse("interviews:invite_open", args=[token]))
    return _panel(request, seat, role, part, link)


def _send(request: UserRequest, seat: Seat, role: Role, part: Part) -> HttpResponse:
    form = Invitation(request.POST)
    if not form.is_valid():
        wrong = {"wrong": str(form.errors["email"][0]), "typed": request.POST.get("email", "")[:254]}
        return _panel(request, seat, role, part, "", **wrong)
    invitations.send(
        session=seat.session,
        by=seat,
        role=role,
        part=part,
        email=form.cleaned_data["email"],
        link=lambda token: request.build_absolute_uri(reverse("interviews:invite_open", args=[token])),
        now=timezone.now(),
    )
    return _panel(request, seat, role, part, "")


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
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Who invites whom to what; POST takes the seat. A visitor is told too, and comes back here with an account."""
    token = str(request.session.get(_KEY, ""))
    if not request.user.is_authenticated:
        return _visitor(request, token)
    return _guest(cast(UserRequest, request), token, timezone.now())


def _guest(request: UserRequest, token: str, now: datetime) -> HttpResponse:
    try:
        if request.method == "POST":
            seat = invites.redeem(token=token, by=request.user, now=now)
            del request.session[_KEY]
            return redirect("interviews:room", seat.session_id)
        invite = invites.look(token=token, now=now, by=request.user)
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


def _visitor(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST" or not token:
        return redirect_to_login(reverse("interviews:invite_accept"))
    try:
        invite = invites.look(token=token, now=timezone.now())
    except Refused as refusal:
        return render(request, "interviews/invite_refused.html", {"refusal": refusal}, status=refusal.status)
    page = {
        "by": invite.created_by,
        "what": f"{'watch ' if invite.role == Role.OBSERVER else ''}a mock interview",
        "title": invite.session.case_version.title,
        "about": invite.session.case_version.summary,
        "until": invite.expires_at,
        "query": visitor_query(reverse("interviews:invite_accept"), invite.email),
    }
    return render(request, "interviews/invite_visitor.html", page)


def visitor_query(back: str, email: str) -> str:
    """What goes along to sign-up: where to come back to, and the address that was invited."""
    return urlencode({"next": back, **({"email": email} if email else {})})


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


def _panel(request: UserRequest, seat: Seat, role: Role, part: Part, link: str, **wrong: str) -> HttpResponse:
    panel = invite_panel(seat, cast_of(seat.session), role, timezone.now(), part)
    page = {"session": seat.session, "panel": panel, "link": link, **wrong}
    status = 422 if wrong else 200
    if request.htmx:
        return render(request, "interviews/room/_invite.html", page, status=status)
    if link or wrong:
        return render(request, "interviews/invite_link.html", page, status=status)
    return redirect("interviews:room", seat.session_id)

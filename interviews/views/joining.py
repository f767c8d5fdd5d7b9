"""Inviting to a group, and joining it."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interviews import access
from interviews.actions import memberships
from interviews.errors import Refused
from interviews.forms import Invitation
from interviews.views.groups import page
from interviews.views.invites import visitor_query
from interviews.views.request import UserRequest

_KEY = "group_invite"


@never_cache
@login_required
@require_POST
def invite(request: UserRequest, pk: UUID) -> HttpResponse:
    """Write to an address; without one, make the link by which whoever has it joins, shown this once."""
    me, now = access.mentor_in(request.user, pk), timezone.now()
    if "email" not in request.POST:
        token = memberships.make_link(group=me.group, by=request.user, now=now)
        return page(request, me, link=_address(request, token))
    form = Invitation(request.POST)
    if not form.is_valid():
        return page(request, me, form=form)
    email = form.cleaned_data["email"]
    memberships.invite(
        group=me.group, by=request.user, email=email, link=lambda token: _address(request, token), now=now
    )
    messages.success(request, f"An invitation is on its way to {email}.")
    return redirect("interviews:group", pk)


@login_required
@require_POST
def revoke(request: UserRequest, pk: UUID, invite_id: int) -> HttpResponse:
    """Withdraw a link or an invitation."""
    group = access.mentor_in(request.user, pk).group
    memberships.revoke(group=group, invite_id=invite_id, now=timezone.now())
    return redirect("interviews:group", pk)


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token in the browser's session and go on to a page whose address does not hold it."""
    request.session[_KEY] = token[:200]
    return redirect("interviews:group_join")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Which group invites; POST joins it. A visitor is told too, and comes back here with an account."""
    token, now = str(request.session.get(_KEY, "")), timezone.now()
    try:
        if not request.user.is_authenticated:
            return _visitor(request, token, now)
        return _guest(cast(UserRequest, request), token, now)
    except Refused as refusal:
        context = {"refusal": refusal}
        return render(request, "interviews/groups/refused.html", context, status=refusal.status)


def _guest(request: UserRequest, token: str, now: datetime) -> HttpResponse:
    if request.method == "POST":
        me = memberships.join(token=token, by=request.user, now=now)
        del request.session[_KEY]
        return redirect("interviews:group", me.group_id)
    found = memberships.look(token=token, now=now, by=request.user)
    return render(request, "interviews/groups/join.html", {"invite": found, "group": found.group})


def _visitor(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    back = reverse("interviews:group_join")
    if request.method == "POST" or not token:
        return redirect_to_login(back)
    found = memberships.look(token=token, now=now)
    context = {
        "by": found.created_by,
        "what": "a group",
        "title": found.group.name,
        "about": found.group.description,
        "until": found.expires_at,
        "query": visitor_query(back, found.email),
    }
    return render(request, "interviews/invite_visitor.html", context)


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("interviews:group_open", args=[token]))

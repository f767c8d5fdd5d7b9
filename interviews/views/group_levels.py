"""What a group's mentors see of its members' levels, and whether a member lets them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import memberships
from interviews.audit import readings
from interviews.queries.group_levels import RECENT, levels_of
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """Members by step, for mentors."""
    group = access.mentor_in(request.user, pk).group
    now = timezone.now()
    found = levels_of(group, now, by=request.GET.get("by", ""))
    shown = [one.user for one in found.shown if one.sessions]
    readings.levels(group, by=request.user.pk, members=shown, now=now)
    return render(request, "interviews/groups/levels.html", {"group": group, "map": found, "recent": RECENT})


@login_required
@require_POST
def agree(request: UserRequest, pk: UUID) -> HttpResponse:
    """Let the mentors see one's own means, or no longer."""
    me = access.member_in(request.user, pk)
    shows = request.POST.get("shows") == "yes"
    memberships.show_levels(group=me.group, user_id=me.user_id, shows=shows, now=timezone.now())
    messages.success(
        request,
        "The mentors see your means by step." if shows else "The mentors no longer see any of your levels.",
    )
    return redirect("interviews:group", pk)

"""Where one is logged in, and the end of one such place; allauth's own page lists them and ends all others."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one log-in of this person's own; its open rooms notice within two seconds (interviews/room/rounds.py)."""
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    messages.success(request, "That place is logged out.")
    return redirect("usersessions_list")

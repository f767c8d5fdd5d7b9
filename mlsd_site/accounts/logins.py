"""Where one is logged in, and the end of one such place; allauth's own page lists them and ends all others."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from interviews.audit.record import record

from . import audit


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one log-in of this person's own; its open rooms notice within two seconds (interviews/room/rounds.py)."""
    found = get_object_or_404(UserSession, pk=pk, user=request.user)
    with transaction.atomic():
        record(audit.login_ended(found), now=timezone.now(), address=audit.address_of(request))
        found.end()
    messages.success(request, "That place is logged out.")
    return redirect("usersessions_list")

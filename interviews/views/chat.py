"""The chat beside the board. A room with scripts says it by the socket; this is for reading, and for those without."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from interviews.actions import chat
from interviews.queries.chat import chat_for
from interviews.views.door import enter
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was said, as items of a list; with `?after=ID` only what came since. A POST of `text` says something."""
    now = timezone.now()
    seat = enter(request, pk, now)
    if request.method == "POST":
        chat.say(seat=seat, text=request.POST.get("text", ""), ref=secrets.randbits(52), now=now)
        return redirect(reverse("interviews:room", args=[pk]) + "#pane-chat")
    wish = request.GET.get("after", "")
    after = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 16 else 0
    return render(request, "interviews/room/_chat_items.html", {"chat": chat_for(seat, now, after=after)})

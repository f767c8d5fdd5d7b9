"""Saying that one is ready, with the answer whether a replay is all right."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import consents
from interviews.errors import Refused
from interviews.models import Seat, State
from interviews.queries.cast import cast_of
from interviews.queries.consents import question_for
from interviews.queries.lobby import lobby_for
from interviews.views.door import enter
from interviews.views.request import UserRequest


@login_required
@require_POST
def answer(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ready, with a replay or without; answered by the lobby, or by the question in the room."""
    seat = access.seat_in(request.user, pk)
    wish = request.POST.get("replay")
    if wish not in ("yes", "no"):
        raise Refused(
            "no_answer", "Say whether a replay is all right with you. Nothing was changed.", status=422
        )
    now = timezone.now()
    consents.count(seat=seat, now=now)
    consents.answer(seat=seat, replay=wish == "yes", now=now)
    if not request.htmx:
        return redirect("interviews:replay" if seat.session.state == State.ENDED else "interviews:room", pk)
    if request.htmx.target == "lobby-live":
        page = {"session": seat.session, "lobby": lobby_for(seat, cast_of(seat.session), now)}
        return render(request, "interviews/room/_lobby_live.html", page)
    return _question(request, seat)


@never_cache
@login_required
@require_safe
def ask(request: UserRequest, pk: UUID) -> HttpResponse:
    """The question, for who came into a session that runs and has not been asked."""
    return _question(request, enter(request, pk, timezone.now()))


def _question(request: UserRequest, seat: Seat) -> HttpResponse:
    page = {"session": seat.session, "question": question_for(seat, cast_of(seat.session))}
    return render(request, "interviews/room/_consent.html", page)

"""Asking for more time, and answering."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from casebank import limits
from interviews import access
from interviews.actions import extensions
from interviews.errors import Refused
from interviews.forms import Answer, MoreTime
from interviews.limits import MORE_TIME
from interviews.models import Seat
from interviews.queries import server_time
from interviews.queries.cast import cast_of
from interviews.queries.controls import controls_for
from interviews.queries.notices import notices_for
from interviews.views.door import enter
from interviews.views.request import UserRequest


@login_required
@require_safe
def notices(request: UserRequest, pk: UUID) -> HttpResponse:
    """What is told about the time: a pause, and more time that is asked for."""
    seat = enter(request, pk, timezone.now())
    page = {"session": seat.session, "notices": notices_for(seat, timezone.now())}
    return render(request, "interviews/room/_notices.html", page)


@login_required
@require_POST
def ask(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask for five or ten minutes more."""
    seat = access.player_in(request.user, pk)
    form = MoreTime(request.POST)
    if not form.is_valid():
        raise Refused("minutes", "Five or ten minutes can be added. Nothing was asked for.", status=422)
    now = server_time.now()
    limits.spend(MORE_TIME, by=seat.user_id, now=now)
    seat.session = extensions.ask(session=seat.session, by=seat, now=now, **form.cleaned_data)
    return _answer(request, seat)


@login_required
@require_POST
def answer(request: UserRequest, pk: UUID) -> HttpResponse:
    """Agree, decline, or take back."""
    seat = access.player_in(request.user, pk)
    form = Answer(request.POST)
    if not form.is_valid():
        raise Refused("answer", "Agree or decline. Nothing has changed.", status=422)
    seat.session = extensions.answer(
        session=seat.session,
        by=seat,
        extension=form.cleaned_data["extension"],
        yes=form.cleaned_data["answer"] == "yes",
        now=server_time.now(),
    )
    return _answer(request, seat)


def _answer(request: UserRequest, seat: Seat) -> HttpResponse:
    """The buttons of the clock and the notices as they are now; without htmx, the room."""
    if not request.htmx:
        return redirect("interviews:room", seat.session_id)
    now = timezone.now()
    controls = controls_for(seat, cast_of(seat.session), now)
    page = {"session": seat.session, "controls": controls, "notices": notices_for(seat, now)}
    return render(request, "interviews/room/_time_answer.html", page)

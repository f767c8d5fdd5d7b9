"""The clock's buttons. Each answers with the buttons as they are afterwards; without htmx, with the room."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import sessions
from interviews.errors import Refused
from interviews.forms import Pause
from interviews.models import Seat
from interviews.queries import server_time
from interviews.queries.cast import cast_of
from interviews.queries.controls import controls_for
from interviews.views.door import enter
from interviews.views.request import UserRequest


@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The buttons that this seat has now."""
    return _buttons(request, enter(request, pk, server_time.now()))


@login_required
@require_POST
def start(request: UserRequest, pk: UUID) -> HttpResponse:
    """Start the clock and open the board."""
    seat = access.clock_keeper_in(request.user, pk)
    seat.session = sessions.start(session=seat.session, by=seat, now=server_time.now())
    return _answer(request, seat)


@login_required
@require_POST
def pause(request: UserRequest, pk: UUID) -> HttpResponse:
    """Stop the clock; the reason is kept in the session's log."""
    seat = access.clock_keeper_in(request.user, pk)
    form = Pause(request.POST)
    if not form.is_valid():
        raise Refused("reason", "A reason has at most 200 plain characters. The clock runs on.", status=422)
    seat.session = sessions.pause(
        session=seat.session, by=seat, now=server_time.now(), reason=form.cleaned_data["reason"]
    )
    return _answer(request, seat)


@login_required
@require_POST
def resume(request: UserRequest, pk: UUID) -> HttpResponse:
    """Let the clock run on."""
    seat = access.clock_keeper_in(request.user, pk)
    seat.session = sessions.resume(session=seat.session, by=seat, now=server_time.now())
    return _answer(request, seat)


@login_required
@require_POST
def submit(request: UserRequest, pk: UUID) -> HttpResponse:
    """End the session by the candidate's word, and go to its report."""
    seat = access.candidate_in(request.user, pk)
    sessions.submit(session=seat.session, by=seat, now=server_time.now())
    return redirect("interviews:report", pk)


@login_required
@require_POST
def abandon(request: UserRequest, pk: UUID) -> HttpResponse:
    """Give up a session that has not begun, for all who are in it."""
    seat = access.player_in(request.user, pk)
    sessions.abandon(session=seat.session, by=seat, now=server_time.now())
    return redirect("interviews:list")


def _answer(request: UserRequest, seat: Seat) -> HttpResponse:
    return _buttons(request, seat) if request.htmx else redirect("interviews:room", seat.session_id)


def _buttons(request: UserRequest, seat: Seat) -> HttpResponse:
    context = {
        "session": seat.session,
        "controls": controls_for(seat, cast_of(seat.session), server_time.now()),
    }
    return render(request, "interviews/room/_clock_answer.html", context)

"""The room: one page, rendered for the seat. What a role may not see is never rendered for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casebank import markup
from interviews.actions import attendance
from interviews.audit import readings
from interviews.models import Mode, Role, Seat
from interviews.queries import news, server_time
from interviews.queries import room as queries
from interviews.queries.alone import asked
from interviews.queries.attendance import awaited_by
from interviews.queries.calls import call_panel
from interviews.queries.cast import cast_of
from interviews.queries.chat import chat_for
from interviews.queries.clock import clock_message, phases_of_steps
from interviews.queries.invites import invite_panel
from interviews.queries.lobby import lobby_for
from interviews.queries.notices import notices_for
from interviews.queries.starters import starters_of
from interviews.queries.told import newest, said
from interviews.rules import seats
from interviews.views.door import enter
from interviews.views.request import UserRequest
from interviews.views.steps import names, steps_of
from whiteboard import catalogue, formats


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The room as this seat sees it."""
    now = server_time.estimate()
    seat = enter(request, pk, now)
    # Before anything is read for the page: what happens in between is then told to it once more, and not lost.
    heard = news.newest(pk, seat.role)
    attendance.arrive(seat=seat, now=now)
    cast = cast_of(seat.session)
    lobby = lobby_for(seat, cast, now)
    notes = queries.notes(seat.session)
    before = said(seat.session)
    config = _config(seat, notes, clock_message(seat.session, now), heard)
    page: dict[str, Any] = {
        "session": seat.session,
        "seat": seat,
        "case": seat.session.case_version,
        "prompt": markup.render(seat.session.case_version.prompt),
        "facts": before.facts,
        "told": before.told,
        "newest": newest(before.told),
        "step_names": names(),
        "lobby": lobby,
        "awaited": awaited_by(seat, now),
        "watching": invite_panel(seat, cast, Role.OBSERVER, now),
        "controls": lobby.controls,
        "chat": chat_for(seat, now),
        "call": call_panel(seat, now),
        "question": lobby.question,
        "notices": notices_for(seat, now),
        "steps": steps_of(seat.session, notes),
        "config": config,
        "palette": catalogue.groups(),
        "starters": starters_of(seat.session),
        "imports": ", ".join(formats.IMPORTS.values()),
        "exports": formats.EXPORTS.items(),
        "interviewer": seat.role == Role.INTERVIEWER,
        "candidate": seat.role == Role.CANDIDATE,
        "alone": seat.role == Role.CANDIDATE and seat.session.mode == Mode.SOLO,
    }
    if page["alone"]:
        page["asked"] = asked(seat.session)
    if seat.role == Role.INTERVIEWER:
        page["private"] = config["private"] = readings.private_note(seat, now)
    response = render(request, "interviews/room.html", page)
    # The one page that hears and sees, and only for itself.
    response["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(), geolocation=()"
    return response


@login_required
@require_safe
def lobby(request: UserRequest, pk: UUID) -> HttpResponse:
    """Who is here and who is missing; asked for every few seconds until the clock starts. 204 where nothing
    has changed for a page that shows these `people`, so that no button is swapped under a hand. Where a panel is given
    up the whole page is another."""
    now = timezone.now()
    seat = enter(request, pk, now)
    found = lobby_for(seat, cast_of(seat.session), now)
    shown = request.GET.get("people", "")
    if found.controls.face == "lobby" and shown == found.stamp:
        return HttpResponse(status=204)
    page = {"session": seat.session, "lobby": found, "controls": found.controls}
    response = render(request, "interviews/room/_lobby_changed.html", page)
    if found.is_panel_over(shown):
        response["HX-Refresh"] = "true"
    return response


def _config(
    seat: Seat, notes: dict[str, Any], clock: dict[str, Any], heard: dict[str, int]
) -> dict[str, Any]:
    """The room modules' JSON (static/src/room/README.md), but for the interviewer's `private`."""
    pk = seat.session_id
    room = reverse("interviews:room", args=[pk])
    phases = phases_of_steps(seat.session)
    return {
        "session": str(pk),
        "socket": f"/ws/sessions/{pk}/",
        "report_url": reverse("interviews:report", args=[pk]),
        "login_url": f"{reverse('account_login')}?next={room}",
        "home_url": reverse("interviews:list"),
        "you": queries.person(seat),
        "draws": seats.may_draw(seat.role, interviewer_draws=seat.session.interviewer_draws),
        "keeps_clock": seats.runs_the_clock(seat.role, alone=seat.session.mode == Mode.SOLO),
        "steps": [
            {"id": step.id, "name": step.name, "phase": phases[step.id]}
            for step in steps_of(seat.session, notes)
        ],
        "notes": notes,
        "server_time": clock["server_time"],
        "clock": clock["clock"],
        "heard": heard,
    }

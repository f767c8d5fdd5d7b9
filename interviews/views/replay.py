"""The replay of an ended session: its board and notes as they were at a second, and the ribbon of the whole."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as page
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from interviews.audit import readings
from interviews.models import Mode, Seat, Session, State
from interviews.queries.cast import cast_of
from interviews.queries.consents import question_for, replay_is_open
from interviews.queries.film import KINDS, Film, film_of
from interviews.queries.replay import Then, names_of, replay
from interviews.queries.ribbon import ribbon_of
from interviews.rules import seats
from interviews.templatetags.clock import clock
from interviews.views.door import enter
from interviews.views.notes_shown import formatted
from interviews.views.request import UserRequest
from interviews.views.ribbon import HEIGHT, lanes
from interviews.views.steps import names
from interviews.views.telling import lines
from whiteboard import render
from whiteboard.replay import Damaged

JUMPS = (-60, -10, 10, 60)
SPEEDS = (1, 2, 4, 8, 16)


@never_cache
@vary_on_headers("HX-Request")
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The page at `?t=SECONDS` (the start where that is no number); only the moment for a script that asks."""
    seat = enter(request, pk, timezone.now())
    session = seat.session
    if session.state != State.ENDED:
        return redirect("interviews:room", pk)
    if session.replay_gone_at:
        return page(request, "interviews/replay/gone.html", {"session": session}, status=410)
    cast = cast_of(session)
    answer = question_for(seat, cast).replay
    if not replay_is_open(cast):
        closed = {"session": session, "talks": seats.talks(seat.role), "replay": answer}
        return page(request, "interviews/replay/closed.html", closed, status=403)
    wish = request.GET.get("t", "")
    # Nine digits are thirty years: longer than any session, and small enough for every clock.
    second = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 10 else 0
    try:
        film = film_of(session)
    except Damaged:
        return page(request, "interviews/replay/damaged.html", {"session": session}, status=500)
    if film is None:
        return redirect("interviews:report", pk)
    readings.replay(seat, now=timezone.now())
    then = replay(session, film, second)
    if request.htmx:
        return page(request, "interviews/replay/_moment.html", _moment(session, film, then))
    return page(request, "interviews/replay/page.html", _page(seat, answer, film, then))


def _moment(session: Session, film: Film, then: Then) -> dict[str, Any]:
    people = names_of(session)
    title = f"The whiteboard at {clock(then.second)}"
    return {
        "session": session,
        "then": then,
        # render escapes all that it writes
        "picture": mark_safe(
            render.svg(then.elements, title=title, marked=then.fresh, around=film.handed_in)
        ),
        "notes": [
            (name, formatted(then.notes[id], session.pk, top=4))
            for id, name in names().items()
            if then.notes.get(id)
        ],
        "done": lines(then.done, people),
        "coming": lines(then.coming, people),
    }


def _page(seat: Seat, answer: bool | None, film: Film, then: Then) -> dict[str, Any]:
    session = seat.session
    clocked = (one for one in film.activity if one.kind in KINDS)
    return {
        **_moment(session, film, then),
        # Alone, nobody was asked.
        "talks": seats.talks(seat.role) and session.mode != Mode.SOLO,
        "replay": answer,
        "case": session.case_version,
        **player(film, then),
        "lanes": lanes(ribbon_of(session, film), film, lines(clocked, names_of(session))),
        "height": HEIGHT,
    }


def player(film: Film, then: Then) -> dict[str, Any]:
    """What the bar that moves through a film needs."""
    return {
        "duration": film.duration,
        "speeds": SPEEDS,
        "jumps": [
            (f"{abs(by)} s {'back' if by < 0 else 'on'}", by, min(max(then.second + by, 0), film.duration))
            for by in JUMPS
        ],
        "config": {
            "duration": film.duration,
            "seconds": list(film.seconds),
            "phases": [[began, phase.name] for began, phase in film.phases],
        },
    }

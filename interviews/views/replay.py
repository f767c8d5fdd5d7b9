"""The replay of an ended session: its board and notes as they were at a second."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as page
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.models import State
from interviews.queries.replay import replay
from interviews.views.door import enter
from interviews.views.request import UserRequest
from interviews.views.steps import names
from whiteboard import render
from whiteboard.replay import Damaged

_SAYS = {"started": "Clock started", "paused": "Paused", "resumed": "Resumed", "ended": "Ended"}


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The page at `?t=SECONDS` (the start where that is no number); only the moment for htmx."""
    seat = enter(request, pk, timezone.now())
    session = seat.session
    if session.state != State.ENDED:
        return redirect("interviews:room", pk)
    wish = request.GET.get("t", "")
    # Nine digits are thirty years: longer than any session, and small enough for every clock.
    second = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 10 else 0
    try:
        then = replay(session, second)
    except Damaged:
        return page(request, "interviews/replay/damaged.html", {"session": session}, status=500)
    if then is None:
        return redirect("interviews:report", pk)
    told = [
        (one.second, _time(one.second), _SAYS[one.kind], one.who)
        for one in then.happened
        if one.kind in _SAYS
    ]
    context = {
        "session": session,
        "case": session.case_version,
        "then": then,
        "time": _time(then.second),
        "whole": _time(then.duration),
        # render escapes all that it writes
        "picture": mark_safe(render.svg(then.elements, title=f"The whiteboard at {_time(then.second)}")),
        "notes": [(name, then.notes[id]) for id, name in names().items() if then.notes.get(id)],
        "phases": [(began, _time(began), name) for began, name in then.phases],
        "told": told,
        "jumps": [(_label(by), min(max(then.second + by, 0), then.duration)) for by in (-60, -10, 10, 60)],
    }
    template = "interviews/replay/_moment.html" if request.htmx else "interviews/replay/page.html"
    return page(request, template, context)


def _label(by: int) -> str:
    return f"{abs(by)} s {'back' if by < 0 else 'on'}"


def _time(second: int) -> str:
    """Minutes and seconds: 7:05."""
    return f"{second // 60}:{second % 60:02}"

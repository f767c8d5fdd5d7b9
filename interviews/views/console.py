"""The interviewer's console: the guide one search away, and every mark and announcement one key."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import conducting, facts, marks, notes
from interviews.errors import Refused
from interviews.forms import FactForm, FlipForm, HintForm, ProbeForm, TickForm
from interviews.models import Seat
from interviews.queries.console import console
from interviews.queries.guides import has_opened
from interviews.queries.probes import MARKS
from interviews.queries.report import LEVELS
from interviews.views.request import UserRequest
from interviews.views.steps import names


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The console. It holds the guide: where that would spoil an interview that this person awaits, the question
    whether to open it (`?anyway=1` is the answer)."""
    seat = access.interviewer_in(request.user, pk)
    try:
        notes.read_guide(seat=seat, now=timezone.now(), although_it_spoils=request.GET.get("anyway") == "1")
    except Refused as refusal:
        page = {"refusal": refusal, "pk": pk, "place": "console"}
        return render(request, "interviews/room/_guide_spoils.html", page)
    return render(request, "interviews/console/_console.html", _page(seat))


@never_cache
@login_required
@require_safe
def rows(request: UserRequest, pk: UUID) -> HttpResponse:
    """The rows alone; 204 where they still say what the page shows (`?seen=`), so that no focus is lost."""
    page = _page(access.interviewer_in(request.user, pk))
    if request.GET.get("seen") == page["console"].stamp:
        return HttpResponse(status=204)
    return render(request, "interviews/console/_rows_answer.html", page)


@login_required
@require_POST
def fact(request: UserRequest, pk: UUID) -> HttpResponse:
    """Give a fact."""
    seat = _reader_in(request, pk)
    facts.give(session=seat.session, seat=seat, now=timezone.now(), **_read(request, FactForm))
    return _answer(request, seat)


@login_required
@require_POST
def hint(request: UserRequest, pk: UUID) -> HttpResponse:
    """Give the next hint of a step."""
    seat = _reader_in(request, pk)
    conducting.hint(session=seat.session, seat=seat, now=timezone.now(), **_read(request, HintForm))
    return _answer(request, seat)


@login_required
@require_POST
def flip(request: UserRequest, pk: UUID) -> HttpResponse:
    """Announce a changed constraint."""
    seat = _reader_in(request, pk)
    conducting.flip(session=seat.session, seat=seat, now=timezone.now(), **_read(request, FlipForm))
    return _answer(request, seat)


@login_required
@require_POST
def probe(request: UserRequest, pk: UUID) -> HttpResponse:
    """Mark how the candidate came to a probe."""
    seat = _reader_in(request, pk)
    conducting.probe(session=seat.session, seat=seat, now=timezone.now(), **_read(request, ProbeForm))
    return _answer(request, seat)


@login_required
@require_POST
def tick(request: UserRequest, pk: UUID) -> HttpResponse:
    """Give a point of the checklist its level."""
    seat = _reader_in(request, pk)
    marks.tick(seat=seat, now=timezone.now(), **_read(request, TickForm))
    return _answer(request, seat)


def _reader_in(request: UserRequest, pk: UUID) -> Seat:
    """The interviewer's seat, where its guide is open or spoils nothing; else Refused, before anything is done."""
    seat = access.interviewer_in(request.user, pk)
    _guide(seat)
    return seat


def _guide(seat: Seat) -> dict[str, Any]:
    return notes.read_guide(seat=seat, now=timezone.now(), although_it_spoils=has_opened(seat))


def _read(request: UserRequest, form: type[forms.Form]) -> dict[str, Any]:
    given = form(request.POST)
    if not given.is_valid():
        raise Refused("not_understood", "The console could not read this. Nothing was changed.", status=422)
    return given.cleaned_data


def _answer(request: UserRequest, seat: Seat) -> HttpResponse:
    if not request.htmx:
        return redirect("interviews:room", seat.session_id)
    return render(request, "interviews/console/_rows_answer.html", _page(seat))


def _page(seat: Seat) -> dict[str, Any]:
    found = console(seat, _guide(seat))
    return {
        "session": seat.session,
        "console": found,
        "levels": list(enumerate(LEVELS)),
        "marks": [(mark, meaning, mark[0]) for mark, meaning in MARKS.items()],
        "steps": names(),
        "most": conducting.LONGEST_FLIP,
    }

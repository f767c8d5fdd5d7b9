"""The interviewer's guide: a pane of the room, and a page of its own to read it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews import access
from interviews.actions import notes
from interviews.errors import Refused
from interviews.views.board import board_file
from interviews.views.request import UserRequest
from whiteboard.formats import EXPORTS, portable
from whiteboard.layout import to_elements
from whiteboard.render import svg
from whiteboard.rules import Element


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The guide for the interviewer only, to htmx as a fragment. Where it would spoil an interview that this person
    awaits, the question whether to open it; `?anyway=1` is the answer."""
    seat = access.interviewer_in(request.user, pk)
    page: dict[str, Any] = {"session": seat.session, "case": seat.session.case_version, "pk": pk}
    try:
        guide = notes.read_guide(
            seat=seat, now=timezone.now(), although_it_spoils=request.GET.get("anyway") == "1"
        )
    except Refused as refusal:
        page["refusal"] = refusal
        return _shown(request, "interviews/room/_guide_spoils.html", page)
    page["guide"] = guide
    if elements := _drawing(guide):
        # The renderer escapes all that it writes.
        page["drawing"] = mark_safe(svg(elements, title="The reference solution"))
        page["files"] = [
            (export.name, reverse("interviews:reference", args=[pk, ending]))
            for ending, export in EXPORTS.items()
        ]
    return _shown(request, "casebank/guide.html", page)


@never_cache
@login_required
@require_safe
def reference(request: UserRequest, pk: UUID, ending: str) -> HttpResponse:
    """The drawing of the reference solution as a file, for the interviewer only."""
    seat = access.interviewer_in(request.user, pk)
    export = EXPORTS.get(ending)
    elements = _drawing(notes.read_guide(seat=seat, now=timezone.now())) if export else []
    if export is None or not elements:
        raise Http404("There is no such drawing.")
    return board_file(export, elements, f"{seat.session.case_version.case.slug}-reference.{ending}")


def _shown(request: UserRequest, fragment: str, page: dict[str, Any]) -> HttpResponse:
    if request.htmx:
        return render(request, fragment, page)
    return render(request, "interviews/guide.html", {**page, "fragment": fragment, "place": "page"})


def _drawing(guide: dict[str, Any]) -> list[Element]:
    diagram = guide.get("reference", {}).get("diagram")
    return to_elements(portable.parse(diagram)) if diagram else []

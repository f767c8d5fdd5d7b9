"""The board as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.queries.drawing import drawing
from interviews.views.door import enter
from interviews.views.request import UserRequest
from whiteboard.formats import EXPORTS, Export
from whiteboard.rules import Element


@never_cache
@login_required
@require_safe
def export(request: UserRequest, pk: UUID, ending: str) -> HttpResponse:
    """The board in the format of this ending: as submitted, or as it stands. A picture opens, the rest downloads."""
    seat = enter(request, pk, timezone.now())
    format = EXPORTS.get(ending)
    if format is None:
        raise Http404("The board cannot be had in this format.")
    return board_file(format, drawing(seat.session), f"{seat.session.case_version.case.slug}.{ending}")


def board_file(export: Export, elements: list[Element], name: str) -> HttpResponse:
    """A drawing in a format: a picture to be looked at, or a file to be kept under this name."""
    response = HttpResponse(export.write(elements), content_type=f"{export.media_type}; charset=utf-8")
    if export.media_type != "image/svg+xml":
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
